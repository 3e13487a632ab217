package app.session.peers;

import java.util.Map;

/**
 * Two real ones: what these tests ask for is what express-session itself does.
 */
class ExpressBesideExpressTests extends SharedExpressSiteTests {

	@Override
	Site startOther(Map<String, String> settings) {
		return NodeApp.express(settings);
	}

}
