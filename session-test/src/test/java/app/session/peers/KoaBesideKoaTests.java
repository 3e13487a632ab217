package app.session.peers;

import java.util.Map;

/**
 * Two real ones: what these tests ask for is what koa-session itself does.
 */
class KoaBesideKoaTests extends SharedKoaSiteTests {

	@Override
	Site startOther(Map<String, String> settings) {
		return NodeApp.koa(settings);
	}

}
