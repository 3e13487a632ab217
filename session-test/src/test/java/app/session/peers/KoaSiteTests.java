package app.session.peers;

import java.util.Map;

/**
 * Our application beside the real koa-session.
 */
class KoaSiteTests extends SharedKoaSiteTests {

	@Override
	Site startOther(Map<String, String> settings) {
		return OurApp.koa(settings);
	}

}
