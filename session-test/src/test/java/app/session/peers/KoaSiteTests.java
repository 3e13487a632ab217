package app.session.peers;

import java.util.Map;

import org.junit.jupiter.api.Disabled;

/**
 * Our application beside the real koa-session.
 */
@Disabled("app.session.interop is not there yet")
class KoaSiteTests extends SharedKoaSiteTests {

	@Override
	Site startOther(Map<String, String> settings) {
		return OurApp.koa(settings);
	}

}
