package app.session.peers;

class MemorySessionHookHttpTests extends SessionHookHttpTests {

	MemorySessionHookHttpTests() {
		super(true, "app.session.store=memory");
	}

}
