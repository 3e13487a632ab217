package app.session.store.springsession;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import app.session.SessionRecord;
import app.session.WriterTag;
import app.session.codec.AttributesFormat;
import app.session.codec.EncodedValue;
import app.session.codec.StoredAttributes;
import app.session.codec.StoredLogin;
import app.session.core.EngineSettings;
import app.session.core.LoggedIn;
import app.session.crypto.SessionId;
import app.session.store.SpringSessionRecords.Fields;
import org.jspecify.annotations.Nullable;

/**
 * A record of Spring Session in our terms.
 * <p>
 * Who is logged in is what the attribute of Spring Security says, if there is one: where
 * that can't be read nobody is, whatever else the record says, as if the user had never
 * logged in.
 *
 * @param values reads and writes attributes
 * @param settings how sessions become ours
 */
record SpringSessionForm(SpringSessionValues values, SpringSessionSettings settings) {

	/** Where Spring Security keeps who is logged in. */
	static final String CONTEXT = "SPRING_SECURITY_CONTEXT";

	/** {@code FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME}. */
	static final String PRINCIPAL = "org.springframework.session.FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME";

	/** {@code SpringSessionBackedSessionInformation.EXPIRED_ATTR}. */
	static final String EXPIRED = "org.springframework.session.security.SpringSessionBackedSessionInformation.EXPIRED";

	/** Nobody is told apart by it. */
	private static final List<WriterTag> UNKNOWN = List.of(new WriterTag(0));

	/**
	 * Makes a record of what is stored.
	 * @param id the session's id
	 * @param fields what is stored
	 * @return the record, or {@code null} if the session has expired, was ended by
	 * another login, or is a remnant without times
	 */
	@Nullable SessionRecord record(SessionId id, Fields fields) {
		Long created = number("creationTime", fields.creationTime());
		Long accessed = number("lastAccessedTime", fields.lastAccessedTime());
		Long seconds = number("maxInactiveInterval", fields.maxInactiveInterval());
		if (created == null || accessed == null || seconds == null || seconds > Integer.MAX_VALUE) {
			return null;
		}
		Instant now = this.settings.clock().instant();
		Instant lastAccess = Instant.ofEpochMilli(Math.min(accessed, now.toEpochMilli()));
		Duration timeout = (seconds < 0) ? this.settings.engine().maxLifetime() : Duration.ofSeconds(seconds);
		boolean over = seconds >= 0 && !now.isBefore(lastAccess.plus(timeout));
		if (over || Boolean.TRUE.equals(value(EXPIRED, fields))) {
			return null;
		}
		Instant creation = Instant.ofEpochMilli(Math.min(created, lastAccess.toEpochMilli()));
		return record(id, fields, creation, lastAccess, timeout);
	}

	private SessionRecord record(SessionId id, Fields fields, Instant creation, Instant lastAccess, Duration timeout) {
		EngineSettings engine = this.settings.engine();
		Map<String, EncodedValue> attributes = new LinkedHashMap<>();
		Object context = null;
		for (String name : fields.attributes().keySet()) {
			if (name.equals(PRINCIPAL) || name.equals(EXPIRED)) {
				continue;
			}
			Object value = value(name, fields);
			EncodedValue encoded = (value != null) ? this.values.write(name, value) : null;
			if (encoded != null) {
				attributes.put(name, encoded);
				context = name.equals(CONTEXT) ? value : context;
			}
		}
		LoggedIn login = (context != null) ? this.settings.login().apply(context) : null;
		String principal = principal(login, fields);
		Duration own = timeout.equals(engine.timeout(null, principal)) ? null : timeout;
		StoredLogin since = (login != null && login.since() != null) ? new StoredLogin(login.since(), null, null)
				: null;
		return new SessionRecord(id.key(), 1, UNKNOWN, id.secretHash(), creation, lastAccess,
				engine.idleTimeout(timeout), engine.maxLifetime(), principal,
				AttributesFormat.write(new StoredAttributes(own, null, since, attributes)));
	}

	private @Nullable String principal(@Nullable LoggedIn login, Fields fields) {
		if (fields.attributes().containsKey(CONTEXT)) {
			return (login != null) ? login.principal() : null;
		}
		if (fields.principal() != null) {
			return fields.principal();
		}
		return (value(PRINCIPAL, fields) instanceof String name) ? name : null;
	}

	private @Nullable Object value(String name, Fields fields) {
		byte[] stored = fields.attributes().get(name);
		return (stored != null) ? this.values.read(name, stored) : null;
	}

	private @Nullable Long number(String name, @Nullable Object stored) {
		Object value = (stored instanceof byte[] bytes) ? this.values.read(name, bytes) : stored;
		return (value instanceof Long || value instanceof Integer) ? ((Number) value).longValue() : null;
	}

}
