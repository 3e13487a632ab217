package app.session.store.cookie;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import app.session.SecretHash;
import app.session.SessionKey;
import app.session.SessionRecord;
import app.session.SessionRepository;
import app.session.core.ClientToken.Due;
import app.session.core.EngineSettings;
import app.session.crypto.KeyRing;
import app.session.crypto.SealedFormat;
import app.session.crypto.SessionId;
import app.session.test.ClientHeldFixture;
import app.session.test.MutableClock;
import org.jspecify.annotations.Nullable;

/**
 * Clients that hold one sealed text for each session. Each call opens the text, does what
 * is to be done and, if the client has to be told, seals the record again.
 */
final class SealedFixture implements ClientHeldFixture, SessionRepository {

	private final MutableClock clock = new MutableClock();

	private final Map<SessionKey, String> texts = new ConcurrentHashMap<>();

	/**
	 * The tests know hashes alone: here are secrets for them, and the other way round.
	 */
	private final Map<SecretHash, SessionId> ids = new ConcurrentHashMap<>();

	private final Map<SecretHash, SecretHash> given = new ConcurrentHashMap<>();

	private final SecureRandom random = new SecureRandom();

	private final SealedTokens tokens;

	SealedFixture(boolean compresses) {
		EngineSettings defaults = EngineSettings.DEFAULTS;
		EngineSettings settings = new EngineSettings(defaults.timeout(), null, defaults.maxLifetime(), 0, null,
				defaults.storeTimeout(), defaults.maxAttributes(), defaults.maxBytes(), defaults.maxNameLength(),
				defaults.securityNames(), defaults.limit(), defaults.onStoreFailure());
		this.tokens = new SealedTokens(
				new SealedFormat(KeyRing.random(this.random), "contract", "session", this.random), "session",
				compresses, settings, this.clock, null);
	}

	private <T> T call(SessionKey key, Function<SessionRepository, T> operation) {
		String text = this.texts.get(key);
		SealedToken token = (SealedToken) ((text != null) ? this.tokens.read(text, (reason) -> {
		}) : null);
		if (token == null) {
			token = (SealedToken) this.tokens.blank();
		}
		T answer = operation.apply(token.repository());
		Due due = token.due();
		if (due == Due.CLEAR) {
			this.texts.remove(key);
		}
		else if (due != Due.NOTHING) {
			SessionRecord record = Objects.requireNonNull(token.repository().find(key));
			this.texts.put(key, token.text(Objects.requireNonNull(this.ids.get(record.secretHash()))));
		}
		return answer;
	}

	/** The record under a hash whose secret is known. */
	private SessionRecord sealable(SessionRecord record) {
		SecretHash known = this.given.entrySet()
			.stream()
			.filter((entry) -> entry.getValue().equals(record.secretHash()))
			.map(Map.Entry::getKey)
			.findAny()
			.orElseGet(() -> newSecret(record));
		return withHash(record, known);
	}

	private SecretHash newSecret(SessionRecord record) {
		byte[] secret = new byte[SessionId.SECRET_LENGTH];
		this.random.nextBytes(secret);
		SessionId id = SessionId.of(record.key(), secret);
		this.ids.put(id.secretHash(), id);
		this.given.put(id.secretHash(), record.secretHash());
		return id.secretHash();
	}

	private @Nullable SessionRecord asGiven(@Nullable SessionRecord record) {
		return (record != null) ? withHash(record, Objects.requireNonNull(this.given.get(record.secretHash()))) : null;
	}

	private static SessionRecord withHash(SessionRecord record, SecretHash hash) {
		return new SessionRecord(record.key(), record.version(), List.copyOf(record.writers()), hash,
				record.creationTime(), record.lastAccessedTime(), record.idleTimeout(), record.lifetime(),
				record.principal(), record.data());
	}

	@Override
	public @Nullable SessionRecord find(SessionKey key) {
		return asGiven(this.<@Nullable SessionRecord>call(key, (own) -> own.find(key)));
	}

	@Override
	public @Nullable SessionRecord findAndTouch(SessionKey key) {
		return asGiven(this.<@Nullable SessionRecord>call(key, (own) -> own.findAndTouch(key)));
	}

	@Override
	public boolean create(SessionRecord record) {
		return call(record.key(), (own) -> own.create(sealable(record)));
	}

	@Override
	public boolean update(SessionRecord record) {
		return call(record.key(), (own) -> own.update(sealable(record)));
	}

	@Override
	public boolean touch(SessionKey key) {
		return call(key, (own) -> own.touch(key));
	}

	@Override
	public boolean delete(SessionKey key) {
		return call(key, (own) -> own.delete(key));
	}

	@Override
	public SessionRepository repository() {
		return this;
	}

	@Override
	public @Nullable String held(SessionKey key) {
		return this.texts.get(key);
	}

	@Override
	public void hold(SessionKey key, @Nullable String text) {
		if (text != null) {
			this.texts.put(key, text);
		}
		else {
			this.texts.remove(key);
		}
	}

	@Override
	public boolean corrupt(SessionKey key) {
		return this.texts.computeIfPresent(key,
				(k, text) -> text.substring(0, text.length() / 2) + text.substring(text.length() / 2 + 1)) != null;
	}

	@Override
	public Instant now() {
		return this.clock.instant();
	}

	@Override
	public void advance(Duration duration) {
		this.clock.advance(duration);
	}

}
