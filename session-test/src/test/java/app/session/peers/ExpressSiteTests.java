package app.session.peers;

import java.util.Map;

/**
 * Our application beside the real express-session.
 */
class ExpressSiteTests extends SharedExpressSiteTests {

	@Override
	Site startOther(Map<String, String> settings) {
		return OurApp.express(settings);
	}

}
