package app.session.peers;

import java.util.List;

class MemoryExpressHttpTests extends ExpressHttpTests {

	MemoryExpressHttpTests() {
		super(List.of());
	}

}
