package app.session.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiPredicate;
import java.util.function.Consumer;

import app.session.ClientRequest;
import app.session.Session;
import app.session.SessionHook;

/**
 * Binds a session to the device that began it, and does what a test has to add. Writes
 * down each call.
 */
class DeviceHook implements SessionHook {

	final List<String> calls = new ArrayList<>();

	BiPredicate<Session, ClientRequest> valid = (session, request) -> Objects
		.equals(session.get("device", String.class), request.getCookie("device"));

	Consumer<Session> saving = (session) -> {
	};

	@Override
	public boolean isValid(Session session, ClientRequest request) {
		this.calls.add("isValid");
		return this.valid.test(session, request);
	}

	@Override
	public void beforeSave(Session session, ClientRequest request) {
		this.calls.add("beforeSave");
		session.set("device", request.getCookie("device"));
		this.saving.accept(session);
	}

	List<String> takeCalls() {
		List<String> taken = List.copyOf(this.calls);
		this.calls.clear();
		return taken;
	}

}
