package app.session.peers;

import java.util.List;

class MemoryWeaknessHttpTests extends WeaknessHttpTests {

	MemoryWeaknessHttpTests() {
		super(List.of());
	}

}
