package app.session.peers;

import java.util.List;

class MemoryExpressChangeHttpTests extends ExpressChangeHttpTests {

	MemoryExpressChangeHttpTests() {
		super(List.of());
	}

}
