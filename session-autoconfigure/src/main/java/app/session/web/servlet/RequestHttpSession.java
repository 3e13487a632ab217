package app.session.web.servlet;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import app.session.SessionKey;
import app.session.core.RequestSession;
import app.session.core.SessionWatcher;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;

/**
 * What one request answers when it is asked for its {@code HttpSession}, the same over
 * all its dispatches. The container's own session is never asked for. Safe for use by
 * several threads.
 */
public final class RequestHttpSession implements SessionWatcher {

	private final Supplier<@Nullable RequestSession> known;

	private final Supplier<RequestSession> opened;

	private final ServletContext context;

	private final FlashMark flashMark;

	private final HttpSessions shared;

	/**
	 * No lock guards it: the watcher is called under the session's own, which those who
	 * ask for the session take as well.
	 */
	private final AtomicReference<@Nullable ServletSession> current = new AtomicReference<>();

	/** Whether somebody was told that the client's session is over. */
	private volatile boolean foundOver;

	/**
	 * Creates it. Loads nothing.
	 * @param known the request's session if the client brought an id, or it was asked for
	 * @param opened the request's session
	 * @param context the application
	 * @param flashMark whether flash attributes wait for the client
	 * @param shared what the sessions of all requests share
	 */
	public RequestHttpSession(Supplier<@Nullable RequestSession> known, Supplier<RequestSession> opened,
			ServletContext context, FlashMark flashMark, HttpSessions shared) {
		this.known = known;
		this.opened = opened;
		this.context = context;
		this.flashMark = flashMark;
		this.shared = shared;
	}

	/**
	 * The session if there is one, as far as is known without loading it: one that turns
	 * out to have ended reads as new and empty.
	 * @return the session, the same object until it is invalidated, or {@code null}
	 */
	public @Nullable HttpSession find() {
		return existing();
	}

	private @Nullable ServletSession existing() {
		RequestSession session = this.known.get();
		if (session == null) {
			return null;
		}
		ServletSession present = this.current.get();
		boolean begun = present != null && present.isValid() && present.isBegun();
		return (begun || session.container().mayExist()) ? show(session) : null;
	}

	/**
	 * The session, a new one if there is none. That one is not stored before an attribute
	 * is set, unless the caller knows that the client has the id of one that is over:
	 * then the client gets another, or would be told so for ever.
	 * @param tooLate whether the response has gone, so that no cookie could be sent
	 * @return the session, the same object until it is invalidated
	 * @throws IllegalStateException if there is none and it is too late
	 */
	public HttpSession get(boolean tooLate) {
		ServletSession present = existing();
		if (present != null) {
			return present;
		}
		if (tooLate) {
			throw new IllegalStateException(
					"There is no session, and it is too late to begin one: the response has been committed");
		}
		RequestSession session = this.opened.get();
		ServletSession begun = show(session);
		begun.begin();
		if (this.foundOver) {
			session.container().keep();
		}
		return begun;
	}

	private ServletSession show(RequestSession session) {
		ServletSession present = this.current.get();
		while (present == null || !present.isValid()) {
			ServletSession fresh = new ServletSession(session, this.context, this.flashMark, this.shared);
			present = this.current.compareAndSet(present, fresh) ? fresh : this.current.get();
		}
		return present;
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
		return (session != null) ? session.container().requestedName() : null;
	}

	/**
	 * Whether that session is there, and was not ended by this request. Loads it.
	 * @return {@code true} if the client brought the present id of a living session
	 * @throws app.session.SessionStoreUnavailableException if the store does not answer
	 */
	public boolean isRequestedValid() {
		RequestSession session = this.known.get();
		if (session == null || session.container().requestedName() == null) {
			return false;
		}
		boolean exists = session.exists();
		ServletSession present = this.current.get();
		if (!exists && (present == null || present.isValid())) {
			this.foundOver = true;
		}
		return exists && !session.session().isNew();
	}

	@Override
	public void created() {
		this.shared.listeners().created(show(this.opened.get()));
	}

	@Override
	public void ending(@Nullable SessionKey key) {
		if (key != null && !this.shared.claimEnd(key)) {
			// Somebody else has told it.
			ServletSession present = this.current.get();
			if (present != null) {
				present.end();
			}
			return;
		}
		if (key != null || this.current.get() != null) {
			show(this.opened.get()).tellOfEnd(key);
		}
	}

	/**
	 * Ends the request. Called again if it has gone on all the same, with an error page.
	 */
	public void end() {
		RequestSession session = this.known.get();
		if (session == null) {
			return;
		}
		SessionKey key = session.container().key();
		ServletSession shown = this.current.get();
		if (shown != null) {
			shown.leaveCallbacks((key != null && !this.shared.hasEnded(key)) ? key : null);
		}
		if (key != null) {
			this.shared.callbacks().used(key, session.container().knownTimeout());
		}
	}

}
