package app.session.web;

import java.time.Duration;

import app.session.SessionPolicy;
import app.session.core.RequestSession;
import org.jspecify.annotations.Nullable;

/**
 * What a handler's {@link SessionPolicy} asks for.
 *
 * @param readOnly whether a change is an error
 * @param touch whether the request is a use of the session
 * @param turnLimit how long to wait for this request's turn, or {@code null} to take none
 */
record PolicyRule(boolean readOnly, boolean touch, @Nullable Duration turnLimit) {

	static PolicyRule of(SessionPolicy policy) {
		return new PolicyRule(policy.value() == SessionPolicy.Mode.READ_ONLY, policy.touch(),
				(policy.value() == SessionPolicy.Mode.SERIALIZED) ? Duration.ofMillis(policy.waitLimit()) : null);
	}

	void applyTo(RequestSession session) {
		if (this.readOnly) {
			session.readOnly();
		}
		if (!this.touch) {
			session.noTouch();
		}
		if (this.turnLimit != null) {
			session.serialize(this.turnLimit);
		}
	}

}
