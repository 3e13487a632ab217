package app.session.store.migrate;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import app.session.SessionKey;
import app.session.SessionRecord;
import app.session.SessionRepository;
import app.session.SessionStoreUnavailableException;
import app.session.WriterTag;
import app.session.core.ClientToken;
import app.session.core.ClientToken.Due;
import app.session.crypto.SessionId;
import app.session.crypto.SessionIdGenerator;
import app.session.store.ClientHeldSessions;
import app.session.store.FormerFormat.Former;
import app.session.store.SessionSource;
import app.session.store.memory.MemorySessionRepository;
import app.session.test.MutableClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A session of another library: when it is open to whoever has that library's cookie, and
 * when not any more.
 */
class FormerTokensTests {

	private final MutableClock clock = new MutableClock(Instant.now());

	private final SessionIdGenerator ids = new SessionIdGenerator(new SecureRandom());

	private final SessionId id = this.ids.newId();

	private final MemorySessionRepository target = new MemorySessionRepository(100, this.clock, (event) -> {
	});

	private final MigratingStore store = MigratingStore.of(this.target, SessionSource.of(new ClientHeldSessions()),
			new MigrationSettings(Duration.ofSeconds(2), this.clock, this.ids));

	private final OneSession source = new OneSession();

	@AfterEach
	void close() {
		this.target.close();
	}

	private SessionRecord record(@Nullable String principal) {
		return new SessionRecord(this.id.key(), 1, List.of(new WriterTag(1)), this.id.secretHash(),
				this.clock.instant(), this.clock.instant(), Duration.ofMinutes(30), Duration.ofHours(24), principal,
				new byte[0]);
	}

	private WatchedSource watched() {
		return new WatchedSource(this.source, this.store::epoch);
	}

	private static SessionRecord next(SessionRecord found) {
		return found.next(new WriterTag(2), found.secretHash(), found.idleTimeout(), found.principal(),
				new byte[] { 1 });
	}

	@Test
	void aSessionThatWasMovedByHalfIsNotOpenedByItsOldCookieAfterALogout() {
		this.source.record = record(null);
		this.source.broken = true;
		SessionRepository former = this.store.from(watched());
		assertThat(former.update(next(former.find(this.id.key())))).isTrue();
		assertThat(this.source.record).as("a node died, or the store did not answer").isNotNull();
		assertThat(this.store.delete(this.id.key())).as("a logout by the cookie of ours").isTrue();
		assertThat(this.store.from(watched()).find(this.id.key())).isNull();
	}

	@Test
	void aSessionEndsUnseenWhenAllOfItsPrincipalAreRevoked() {
		this.source.record = record("anna");
		assertThat(this.store.from(watched()).find(this.id.key())).isNotNull();
		this.store.revoke("anna", null);
		assertThat(this.store.from(watched()).find(this.id.key())).isNull();
	}

	@Test
	void aClientIsToldOfOursOnlyWhenItsSessionHasBeenMoved() {
		this.source.record = record(null);
		FormerToken token = new FormerToken(new Former(this.id, this.source), new OwnToken(), this.store);
		SessionRepository former = this.store.from(watched());
		assertThat(token.mayBeSent()).as("nothing was read").isTrue();
		former.find(this.id.key());
		WatchedSource watched = watched();
		SessionRecord found = this.store.from(watched).find(this.id.key());
		assertThat(watched.hasSession()).isTrue();
		this.store.from(watched).update(next(found));
		assertThat(watched.hasSession()).isFalse();
		assertThat(token.due()).isEqualTo(Due.REFRESH);
	}

	/** What a token of ours is. */
	private static final class OwnToken implements ClientToken {

		@Override
		public @Nullable SessionId id() {
			return null;
		}

		@Override
		public String text(SessionId id) {
			return "text";
		}

		@Override
		public Due due() {
			return Due.NOTHING;
		}

	}

	/** Records of another library, of which one request reaches one. */
	private static final class OneSession implements SessionSource {

		private @Nullable SessionRecord record;

		private boolean broken;

		@Override
		public @Nullable SessionRecord find(SessionKey key) {
			return this.record;
		}

		@Override
		public boolean canTouch() {
			return false;
		}

		@Override
		public boolean delete(SessionKey key) {
			if (this.broken) {
				throw new SessionStoreUnavailableException("no answer", null);
			}
			boolean deleted = this.record != null;
			this.record = null;
			return deleted;
		}

		@Override
		public long count() {
			return 0;
		}

		@Override
		public Stream<SessionRecord> stream() {
			return Stream.empty();
		}

		@Override
		public List<SessionKey> members(String principal) {
			return List.of();
		}

		@Override
		public void strikeOff(String principal, List<SessionKey> keys) {
		}

	}

}
