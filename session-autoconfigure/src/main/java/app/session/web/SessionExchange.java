package app.session.web;

import java.io.IOException;

import app.session.LoginRefusedException;
import app.session.core.RequestSession;
import app.session.web.servlet.RequestHttpSession;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.web.util.WebUtils;

/**
 * One request and its session, over all its dispatches: sees to it that the session is
 * committed in time, that a failure is answered, and that the end is told.
 * <p>
 * The hooks may be called by the thread of a dispatch and by an asynchronous one.
 */
final class SessionExchange implements ResponseHook {

	static final String ATTRIBUTE = SessionExchange.class.getName();

	private final SessionWeb web;

	private final HttpServletRequest request;

	private final LazySession session;

	private volatile HttpServletResponse response;

	private volatile @Nullable SessionAsyncContext async;

	private volatile @Nullable Thread dispatcher;

	// Whether a failure has its answer, and whether nothing may be added to it.
	private volatile boolean answered;

	private volatile boolean sealed;

	private volatile boolean ended;

	SessionExchange(SessionWeb web, HttpServletRequest request, HttpServletResponse response) {
		this.web = web;
		this.request = request;
		this.response = response;
		this.session = new LazySession(web, request, response);
	}

	/**
	 * Whether another filter has begun it, and not that of an application that forwards.
	 */
	boolean isOfAnother(SessionWeb web, HttpServletRequest request) {
		return this.web != web && this.request.getServletContext() == request.getServletContext();
	}

	/**
	 * The same for the Servlet API, or {@code null} if that is the container's affair.
	 */
	@Nullable RequestHttpSession httpSession() {
		return this.session.httpSession();
	}

	/**
	 * The request's session.
	 */
	LazySession session() {
		return this.session;
	}

	// The dispatches

	void dispatch(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		if (this.dispatcher == Thread.currentThread()) {
			chain.doFilter(request, response);
			if (!request.isAsyncStarted()) {
				// Tomcat lets no header through once a forward has returned.
				commitInTime();
			}
			return;
		}
		this.dispatcher = Thread.currentThread();
		this.async = null;
		Throwable thrown = null;
		try {
			CommittingResponse ours = WebUtils.getNativeResponse(response, CommittingResponse.class);
			if (ours != null) {
				resume((HttpServletResponse) ours.getResponse());
				chain.doFilter(request, response);
			}
			else {
				resume(response);
				CommittingResponse wrapped = new CommittingResponse(response, this);
				chain.doFilter(new SessionRequest(request, wrapped, this), wrapped);
			}
		}
		catch (Throwable ex) {
			thrown = ex;
		}
		conclude(request, thrown);
	}

	private void resume(HttpServletResponse response) {
		this.response = response;
		this.ended = false;
		this.session.resume(response);
	}

	private void conclude(HttpServletRequest request, @Nullable Throwable thrown) throws IOException, ServletException {
		SessionAsyncContext started = this.async;
		boolean goesOn = started != null && !started.isCompleted() && request.isAsyncStarted();
		RequestSession known = this.session.known();
		try {
			Throwable escaped = thrown;
			if (known != null && (thrown != null || !goesOn || failure(known) != null)) {
				escaped = commitAtEnd(request, known, thrown);
			}
			else if (thrown != null) {
				escaped = answer(request, FailureAnswer.find(thrown), thrown);
			}
			SessionExchange.<RuntimeException>rethrow(escaped);
		}
		finally {
			this.dispatcher = null;
			if (!goesOn) {
				end();
			}
		}
	}

	private @Nullable Throwable commitAtEnd(HttpServletRequest request, RequestSession known,
			@Nullable Throwable thrown) throws IOException {
		if (thrown != null && this.web.discardOnError()) {
			known.discardChanges();
		}
		try {
			commitInTime();
		}
		catch (RuntimeException ex) {
			// The session remembers it.
		}
		RuntimeException failure = failure(known);
		if (failure != null && thrown != null) {
			FailureAnswer.logHidden(thrown, failure);
		}
		return answer(request, (failure != null) ? failure : FailureAnswer.find(thrown), thrown);
	}

	/**
	 * Sees to the answer to a failure.
	 * @return what is left to be thrown
	 */
	private @Nullable Throwable answer(HttpServletRequest request, @Nullable RuntimeException failure,
			@Nullable Throwable thrown) throws IOException {
		if (failure == null || this.answered) {
			return this.answered ? null : thrown;
		}
		SessionAsyncContext started = this.async;
		if (started != null && !started.isCompleted()) {
			answerAtOnce(started, failure);
			return null;
		}
		this.answered = true;
		if (FailureAnswer.status(failure) == HttpStatus.INTERNAL_SERVER_ERROR) {
			return (thrown != null) ? thrown : failure;
		}
		return this.web.failureAnswer().answer(request, this.response, failure) ? null : thrown;
	}

	/**
	 * Throws what the chain has thrown, which may be anything in other languages.
	 */
	@SuppressWarnings("unchecked")
	private static <X extends Throwable> void rethrow(@Nullable Throwable thrown) throws X {
		if (thrown != null) {
			throw (X) thrown;
		}
	}

	/**
	 * Ends the session's request, once for each last dispatch: an error page may follow
	 * one that seemed to be the last.
	 */
	void end() {
		synchronized (this) {
			if (this.ended) {
				return;
			}
			this.ended = true;
		}
		this.session.end();
	}

	// The response's hooks

	private boolean commitInTime() {
		return this.response.isCommitted() || beforeCommit();
	}

	@Override
	public boolean beforeCommit() {
		RequestSession known = this.session.known();
		if (this.answered || known == null) {
			return !this.sealed;
		}
		RuntimeException failure = failure(known);
		if (failure == null) {
			try {
				this.session.commit(known);
				return true;
			}
			catch (RuntimeException ex) {
				failed(ex);
				throw ex;
			}
		}
		failed(failure);
		return false;
	}

	/**
	 * The failure that the response must not hide. A refused login is told to the handler
	 * that asked for it, which may well answer it.
	 */
	private static @Nullable RuntimeException failure(RequestSession session) {
		RuntimeException failure = session.failure();
		return (failure instanceof LoginRefusedException) ? null : failure;
	}

	/**
	 * A dispatch ends in the filter, which answers. On any other thread nobody may be
	 * left who would, so that is done at once.
	 */
	private void failed(RuntimeException failure) {
		SessionAsyncContext started = this.async;
		if (started != null && this.dispatcher != Thread.currentThread()) {
			answerAtOnce(started, failure);
		}
	}

	private void answerAtOnce(SessionAsyncContext started, RuntimeException failure) {
		synchronized (this) {
			if (this.answered) {
				return;
			}
			this.answered = true;
			this.sealed = true;
		}
		try {
			this.web.failureAnswer().answerAtOnce(this.request, this.response, failure);
		}
		catch (IOException ex) {
			// The client has gone.
		}
		finally {
			started.completeAfterFailure();
		}
	}

	@Override
	public void headersCleared() {
		this.session.restoreCookie();
	}

	// Asynchronous requests

	/**
	 * Commits before an asynchronous request is completed.
	 * @return {@code false} if that failed, and the answer to that completes the request
	 */
	boolean beforeComplete() {
		try {
			return commitInTime();
		}
		catch (RuntimeException ex) {
			// The session remembers it, and has been answered, or the filter answers.
			return false;
		}
	}

	void started(SessionAsyncContext context) {
		this.async = context;
	}

	@Nullable SessionAsyncContext async() {
		return this.async;
	}

	/**
	 * Whether the answer to a failure is on its way, and nothing may be done to the
	 * request any more.
	 */
	boolean isSealed() {
		return this.sealed;
	}

}
