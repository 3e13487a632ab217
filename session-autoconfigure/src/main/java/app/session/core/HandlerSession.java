package app.session.core;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

import org.springframework.core.ParameterizedTypeReference;

import app.session.Session;
import app.session.SessionKey;
import app.session.SessionRecord;
import app.session.crypto.SessionId;

/**
 * The session as a handler sees it.
 */
final class HandlerSession implements Session {

	private final RequestGuard guard;

	private final RequestLogin login;

	private final SessionState state;

	private final StateWriter writer;

	private final SessionAttributes attributes;

	private final ExactChanges exact;

	private final SessionTimes times;

	private final Instant time;

	HandlerSession(RequestGuard guard, RequestLogin login, SessionState state, StateWriter writer,
			SessionAttributes attributes, ExactChanges exact, SessionTimes times, Instant time) {
		this.guard = guard;
		this.login = login;
		this.state = state;
		this.writer = writer;
		this.attributes = attributes;
		this.exact = exact;
		this.times = times;
		this.time = time;
	}

	@Override
	public <T> @Nullable T get(String name, Class<T> type) {
		return this.guard.read(() -> this.attributes.<T>get(name, type));
	}

	@Override
	public <T> @Nullable T get(String name, ParameterizedTypeReference<T> type) {
		return this.guard.read(() -> this.attributes.<T>get(name, type.getType()));
	}

	@Override
	public Set<String> names() {
		return this.guard.read(() -> Set.copyOf(this.attributes.values().keySet()));
	}

	@Override
	public boolean isEmpty() {
		return this.guard.read(() -> this.attributes.values().isEmpty());
	}

	@Override
	public Map<String, Object> toMap() {
		return this.guard.read(() -> Collections.unmodifiableMap(this.attributes.toMap()));
	}

	@Override
	public <T> T as(Class<T> type) {
		return this.guard.read(() -> this.attributes.as(type));
	}

	@Override
	public boolean isNew() {
		return this.guard.read(() -> !this.state.isBrought());
	}

	@Override
	public @Nullable String getHandle() {
		return this.guard.read(() -> {
			SessionKey key = this.state.key();
			return (key != null) ? key.handle() : null;
		});
	}

	@Override
	public Instant getCreationTime() {
		return this.guard.read(() -> {
			SessionRecord record = this.state.record();
			return (record != null) ? record.creationTime() : this.time;
		});
	}

	@Override
	public Instant getLastAccessedTime() {
		return this.guard.read(() -> {
			SessionRecord record = this.state.record();
			return (record != null) ? record.lastAccessedTime() : this.time;
		});
	}

	@Override
	public Instant getExpiryTime() {
		return this.guard.read(this.times::expiryTime);
	}

	@Override
	public Duration getTimeout() {
		return this.guard.read(this.times::timeout);
	}

	@Override
	public @Nullable Duration getCookieMaxAge() {
		return this.guard.read(this.times::cookieMaxAge);
	}

	@Override
	public @Nullable String getPrincipal() {
		return this.guard.read(() -> this.state.view().draft().principal());
	}

	@Override
	public @Nullable Instant getAuthenticationTime() {
		return this.guard.read(this.times::authenticationTime);
	}

	@Override
	public boolean isFreshlyAuthenticated(Duration maxAge) {
		return this.guard.read(() -> SessionTimes.isFresh(this.times.loginAge(), maxAge));
	}

	@Override
	public void set(String name, @Nullable Object value) {
		run(() -> {
			if (value != null) {
				this.attributes.set(name, value);
			}
			else {
				this.attributes.remove(name);
			}
		});
	}

	@Override
	public void remove(String name) {
		run(() -> this.attributes.remove(name));
	}

	@Override
	public void clear() {
		run(this.attributes::clear);
	}

	@Override
	public void replace(Object attributes) {
		run(() -> this.attributes.replace(attributes));
	}

	@Override
	public void setTimeout(@Nullable Duration timeout) {
		if (timeout != null && (timeout.isNegative() || timeout.isZero())) {
			throw new IllegalArgumentException("A session's timeout is more than zero, not " + timeout);
		}
		run(() -> {
			if (!Objects.equals(timeout, this.state.view().draft().ownTimeout())) {
				this.attributes.change("", (draft) -> draft.setTimeout(timeout));
			}
		});
	}

	@Override
	public void setCookieMaxAge(@Nullable Duration maxAge) {
		if (maxAge != null && maxAge.isNegative()) {
			throw new IllegalArgumentException("A cookie's max-age is zero or more, not " + maxAge);
		}
		run(() -> {
			// A session has a cookie to be sent again, even if nothing else changes.
			if (this.state.phase() != Phase.NEW
					|| !Objects.equals(maxAge, this.state.view().draft().ownCookieMaxAge())) {
				this.guard.checkWritable();
				this.attributes.change("", (draft) -> draft.setCookieMaxAge(maxAge));
			}
		});
	}

	@Override
	public long increment(String name, long delta) {
		return exact((fresh) -> this.exact.increment(name, delta, fresh));
	}

	@Override
	public <T> @Nullable T update(String name, Class<T> type, UnaryOperator<@Nullable T> function) {
		return exact((fresh) -> this.exact.update(name, type, function, fresh));
	}

	@Override
	public <T> @Nullable T take(String name, Class<T> type) {
		return exact((fresh) -> this.exact.take(name, type, fresh));
	}

	@Override
	public boolean putIfAbsent(String name, Object value) {
		return exact((fresh) -> this.exact.putIfAbsent(name, value, fresh));
	}

	private <T extends @Nullable Object> T exact(Function<Boolean, T> operation) {
		return this.guard.change((fresh) -> {
			this.guard.checkWritable();
			return operation.apply(fresh);
		});
	}

	@Override
	public void setPrincipal(@Nullable String principal) {
		write(() -> this.login.enter(principal));
	}

	@Override
	public void setPrincipal(String principal, long epoch) {
		write(() -> this.login.enter(principal, epoch));
	}

	@Override
	public void changeId() {
		write(() -> {
			SessionId newId = this.state.newSecret();
			if (newId != null) {
				this.state.view().add((draft) -> draft.changeId(newId));
			}
			else {
				this.state.proposeAnother();
			}
		});
	}

	@Override
	public void reset() {
		write(() -> this.attributes.forgetAfter(this.writer::reset));
	}

	@Override
	public void invalidate() {
		write(() -> this.attributes.forgetAfter(this.writer::invalidate));
	}

	@Override
	public void save() {
		write(this.attributes::write);
	}

	private void write(Runnable action) {
		run(() -> {
			this.guard.checkWritable();
			action.run();
		});
	}

	private void run(Runnable action) {
		this.guard.change((fresh) -> {
			action.run();
			return true;
		});
	}

	/**
	 * Names the session without its contents, and without reading it.
	 */
	@Override
	public String toString() {
		SessionKey key = this.guard.locked(this.state::key);
		return "Session[" + ((key != null) ? key.handle() : "unread or new") + "]";
	}

}
