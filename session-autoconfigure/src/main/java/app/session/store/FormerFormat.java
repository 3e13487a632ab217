package app.session.store;

import java.util.function.Consumer;

import app.session.SessionEvent.InvalidCookie;
import app.session.crypto.SessionId;
import org.jspecify.annotations.Nullable;

/**
 * How clients hold sessions of another library, which are moved out of its records.
 * Thread-safe.
 */
public interface FormerFormat {

	/**
	 * Reads and verifies what a client brought. It never throws: the text comes from
	 * outside and may be anything.
	 * @param text the text
	 * @param refused told why it stands for nothing
	 * @return the session it stands for, or {@code null} if it is not one of that library
	 */
	@Nullable Former read(String text, Consumer<InvalidCookie.Reason> refused);

	/**
	 * A session of another library, which may be there or not.
	 *
	 * @param id what we know it by, derived from the library's own id
	 * @param source where it is, which this request alone can reach
	 */
	record Former(SessionId id, SessionSource source) {
	}

}
