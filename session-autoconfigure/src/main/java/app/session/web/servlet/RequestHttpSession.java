package app.session.web.servlet;

import java.util.function.Supplier;

import app.session.core.RequestSession;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;

/**
 * What one request answers when it is asked for its {@code HttpSession}, the same over
 * all its dispatches. The container's own session is never asked for. Safe for use by
 * several threads.
 */
public final class RequestHttpSession {

	private final Supplier<@Nullable RequestSession> known;

	private final Supplier<RequestSession> opened;

	private final ServletContext context;

	private final FlashMark flashMark;

	private final HttpSessionSettings settings;

	private @Nullable ServletSession current;

	/** Whether it was asked for, and is there even if it is not stored. */
	private boolean begun;

	/**
	 * Creates it. Loads nothing.
	 * @param known the request's session if the client brought an id, or it was asked for
	 * @param opened the request's session
	 * @param context the application
	 * @param flashMark whether flash attributes wait for the client
	 * @param settings who else has to do with the session
	 */
	public RequestHttpSession(Supplier<@Nullable RequestSession> known, Supplier<RequestSession> opened,
			ServletContext context, FlashMark flashMark, HttpSessionSettings settings) {
		this.known = known;
		this.opened = opened;
		this.context = context;
		this.flashMark = flashMark;
		this.settings = settings;
	}

	/**
	 * The session if there is one, as far as is known without loading it: one that turns
	 * out to have ended reads as new and empty.
	 * @return the session, the same object until it is invalidated, or {@code null}
	 */
	public @Nullable HttpSession find() {
		return existing();
	}

	private synchronized @Nullable ServletSession existing() {
		ServletSession present = this.current;
		if (present != null && !present.isValid()) {
			present = null;
			this.current = null;
			this.begun = false;
		}
		RequestSession session = this.known.get();
		if (session == null || !(this.begun || session.mayExist())) {
			return null;
		}
		return (present != null) ? present : show(session);
	}

	/**
	 * The session, a new one if there is none. That one is not stored before an attribute
	 * is set.
	 * @param tooLate whether the response has gone, so that no cookie could be sent
	 * @return the session, the same object until it is invalidated
	 * @throws IllegalStateException if there is none and it is too late
	 */
	public synchronized HttpSession get(boolean tooLate) {
		ServletSession present = existing();
		if (present != null) {
			return present;
		}
		if (tooLate) {
			throw new IllegalStateException(
					"There is no session, and it is too late to begin one: the response has been committed");
		}
		this.begun = true;
		return (this.current != null) ? this.current : show(this.opened.get());
	}

	private ServletSession show(RequestSession session) {
		ServletSession shown = new ServletSession(session, this.context, this.flashMark, this.settings);
		this.current = shown;
		return shown;
	}

	/**
	 * Changes the session's id.
	 * @return its {@linkplain HttpSession#getId name} from now on
	 * @throws IllegalStateException if there is no session
	 */
	public String changeId() {
		ServletSession present = existing();
		if (present == null) {
			throw new IllegalStateException("There is no session whose id could be changed");
		}
		return present.changeId();
	}

	/**
	 * What the client asked for.
	 * @return the name of the session whose id it brought, or {@code null} for none with
	 * a valid signature
	 */
	public @Nullable String requestedName() {
		RequestSession session = this.known.get();
		return (session != null) ? session.requestedName() : null;
	}

	/**
	 * Whether that session is there, and was not ended by this request. Loads it.
	 * @return {@code true} if the client brought the present id of a living session
	 * @throws app.session.SessionStoreUnavailableException if the store does not answer
	 */
	public boolean isRequestedValid() {
		RequestSession session = this.known.get();
		return session != null && session.requestedName() != null && session.exists() && !session.session().isNew();
	}

}
