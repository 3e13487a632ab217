package app.session.peers;

import java.util.Map;

import org.junit.jupiter.api.Disabled;

/**
 * Our application beside the real express-session.
 */
@Disabled("app.session.interop is not there yet")
class ExpressSiteTests extends SharedExpressSiteTests {

	@Override
	Site startOther(Map<String, String> settings) {
		return OurApp.express(settings);
	}

}
