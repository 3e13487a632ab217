package app.session.store.node;

import java.util.function.Consumer;

import app.session.SessionEvent.InvalidCookie;
import org.jspecify.annotations.Nullable;

/**
 * What a client of koa-session holds: a value, and its signature behind the last point.
 *
 * @param value the value, verified if there are keys
 * @param currentKey whether the key that signs today signed it
 */
record KoaCookie(String value, boolean currentKey) {

	static @Nullable KoaCookie read(String text, String name, @Nullable Keygrip keys,
			Consumer<InvalidCookie.Reason> refused) {
		int point = (keys != null) ? text.lastIndexOf('.') : text.length();
		if (point <= 0) {
			refused.accept(InvalidCookie.Reason.MALFORMED);
			return null;
		}
		String value = text.substring(0, point);
		int key = (keys != null) ? keys.index(name, value, text.substring(point + 1)) : 0;
		if (key < 0) {
			refused.accept(InvalidCookie.Reason.BAD_SIGNATURE);
			return null;
		}
		return new KoaCookie(value, key == 0);
	}

	static String write(String value, String name, @Nullable Keygrip keys) {
		return (keys != null) ? value + "." + keys.sign(name, value) : value;
	}

	/**
	 * Shows nothing that opens a session.
	 */
	@Override
	public String toString() {
		return "KoaCookie[masked]";
	}

}
