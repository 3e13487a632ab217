package app.session.web;

import java.io.IOException;
import java.time.Duration;

import app.session.LoginNotFreshException;
import app.session.LoginRefusedException;
import app.session.SessionBusyException;
import app.session.SessionConflictException;
import app.session.SessionStoreUnavailableException;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/**
 * The answer to a request whose session failed. Safe for use by many threads.
 */
final class FailureAnswer {

	private static final Log logger = LogFactory.getLog(FailureAnswer.class);

	// A cause may have itself for a cause.
	private static final int MAX_CAUSES = 32;

	private final String retryAfter;

	FailureAnswer(Duration retryAfter) {
		this.retryAfter = Long.toString(Math.max(1, retryAfter.toSeconds()));
	}

	/**
	 * Looks for a failure of the session that has an answer of its own.
	 * @param thrown what the application threw, may be {@code null}
	 * @return the failure, or {@code null}
	 */
	static @Nullable RuntimeException find(@Nullable Throwable thrown) {
		Throwable cause = thrown;
		for (int i = 0; i < MAX_CAUSES && cause != null; i++) {
			if (cause instanceof RuntimeException failure && status(failure) != HttpStatus.INTERNAL_SERVER_ERROR) {
				return failure;
			}
			cause = cause.getCause();
		}
		return null;
	}

	/**
	 * Logs the one of two errors that is neither answered nor thrown any more, so that
	 * none hides the other: the request's, or its session's that failed thereafter.
	 */
	static void logHidden(Throwable thrown, RuntimeException failure) {
		for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
			if (cause == failure) {
				return;
			}
		}
		boolean thrownGoesOn = status(failure) == HttpStatus.INTERNAL_SERVER_ERROR;
		logger.error("A request failed, and then its session: " + (thrownGoesOn ? failure : thrown),
				thrownGoesOn ? failure : thrown);
	}

	static HttpStatus status(RuntimeException failure) {
		if (failure instanceof SessionStoreUnavailableException || failure instanceof SessionBusyException) {
			return HttpStatus.SERVICE_UNAVAILABLE;
		}
		if (failure instanceof LoginNotFreshException) {
			return HttpStatus.FORBIDDEN;
		}
		return (failure instanceof LoginRefusedException || failure instanceof SessionConflictException)
				? HttpStatus.CONFLICT : HttpStatus.INTERNAL_SERVER_ERROR;
	}

	/**
	 * Answers through the application's error page, or without a body if it is the error
	 * page that failed.
	 * @return whether the response was still free to be answered
	 */
	boolean answer(HttpServletRequest request, HttpServletResponse response, RuntimeException failure)
			throws IOException {
		boolean free = !response.isCommitted();
		log(request, failure, free);
		if (free) {
			if (request.getDispatcherType() == DispatcherType.ERROR) {
				writeWithoutBody(response, failure);
			}
			else {
				clear(response, failure);
				writeHeaders(response, failure);
				response.sendError(status(failure).value());
			}
		}
		return free;
	}

	/** A cookie that remembers who logs in must not go out with the refusal. */
	private static void clear(HttpServletResponse response, RuntimeException failure) {
		if (failure instanceof LoginRefusedException) {
			response.reset();
		}
		else {
			response.resetBuffer();
		}
	}

	/**
	 * Answers at once.
	 */
	void answerAtOnce(HttpServletRequest request, HttpServletResponse response, RuntimeException failure)
			throws IOException {
		boolean free = !response.isCommitted();
		log(request, failure, free);
		if (free) {
			writeWithoutBody(response, failure);
			response.flushBuffer();
		}
	}

	private void writeWithoutBody(HttpServletResponse response, RuntimeException failure) {
		response.reset();
		writeHeaders(response, failure);
		response.setStatus(status(failure).value());
		response.setContentLength(0);
	}

	private void writeHeaders(HttpServletResponse response, RuntimeException failure) {
		response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
		if (status(failure) == HttpStatus.SERVICE_UNAVAILABLE) {
			response.setHeader(HttpHeaders.RETRY_AFTER, this.retryAfter);
		}
	}

	private void log(HttpServletRequest request, RuntimeException failure, boolean free) {
		String outcome = free ? "answered with " + status(failure).value() : "the response was on its way already";
		String message = "The session of " + request.getMethod() + " " + request.getRequestURI() + " failed, " + outcome
				+ ": " + failure;
		if (failure instanceof LoginNotFreshException) {
			// Nothing is amiss: a visitor was told to log in again.
			logger.debug(message);
			return;
		}
		logger.warn(message);
		logger.debug("The session failed", failure);
	}

}
