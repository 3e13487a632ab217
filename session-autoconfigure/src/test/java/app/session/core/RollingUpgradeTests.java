package app.session.core;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import app.session.Session;
import app.session.SessionEvent.AttributeUnreadable;
import app.session.SessionEvent.ChangesDropped;
import app.session.SessionEvent.Missed;
import app.session.SessionEvent.RecordUnreadable;
import app.session.SessionKey;
import app.session.SessionRecord;
import app.session.WriterTag;
import app.session.codec.AttributesFormat;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A node of this version beside one of a later version, on one store: what it can't read
 * is absent for it, is never overwritten by it, and is never an error.
 */
class RollingUpgradeTests extends EngineFixture {

	/** What would be {@code views}, 6, were it not for version 2. */
	private static final byte[] LATER_FORMAT = { 2, 0, 5, 'v', 'i', 'e', 'w', 's', 2, 6, 12 };

	/** Version 1, no flags; {@code later}, of an unknown tag; {@code views}, 5. */
	private static final byte[] LATER_TAG = { 1, 0, 5, 'l', 'a', 't', 'e', 'r', 3, 99, 7, 7, 5, 'v', 'i', 'e', 'w', 's',
			2, 6, 10 };

	private final LaterStore store = new LaterStore();

	private final SessionEngine node = engine(this.store, EngineSettings.DEFAULTS);

	private SessionKey key;

	@BeforeEach
	void aVisitorWithASession() {
		request(this.node, this.browser, (session) -> {
			session.setPrincipal("alice");
			session.set("views", 5L);
		});
		assertThat(this.browser.id).isNotNull();
		this.key = this.browser.id.key();
	}

	private SessionRecord record(SessionKey key) {
		SessionRecord record = this.store.records.get(key);
		assertThat(record).isNotNull();
		return record;
	}

	/** The other node, of a later version, writes the session. */
	private SessionRecord writtenByALaterVersion(byte[] data) {
		SessionRecord record = record(this.key);
		SessionRecord next = record.next(new WriterTag(1), record.secretHash(), record.idleTimeout(),
				record.principal(), data);
		this.store.records.put(this.key, next);
		return next;
	}

	private static void assertUntouched(SessionRecord record, SessionRecord before) {
		assertThat(record.version()).isEqualTo(before.version());
		assertThat(record.writers()).isEqualTo(before.writers());
		assertThat(record.secretHash()).isEqualTo(before.secretHash());
		assertThat(record.principal()).isEqualTo(before.principal());
		assertThat(record.data()).isEqualTo(before.data());
	}

	@Test
	void attributesOfALaterFormatAreNoSession() {
		SessionRecord later = writtenByALaterVersion(LATER_FORMAT);
		Exchange exchange = open(this.node, this.browser);
		assertThat(exchange.session().names()).isEmpty();
		assertThat(exchange.session().isNew()).isTrue();
		assertThat(exchange.session().getPrincipal()).isNull();
		exchange.finish();
		assertThat(events(RecordUnreadable.class)).containsExactly(new RecordUnreadable(this.key));
		assertThat(events(Missed.class)).containsExactly(new Missed(this.key));
		assertThat(exchange.sends).isZero();
		assertThat(exchange.cleared).isFalse();
		assertUntouched(record(this.key), later);
	}

	@Test
	void aWriteBesideALaterFormatBeginsAnotherSession() {
		SessionRecord later = writtenByALaterVersion(LATER_FORMAT);
		Browser visitor = this.browser.copy();
		request(this.node, visitor, (session) -> assertThat(session.increment("views")).isEqualTo(1));
		assertThat(visitor.id).isNotNull();
		assertThat(visitor.id.key()).isNotEqualTo(this.key);
		assertUntouched(record(this.key), later);
		request(this.node, visitor, (session) -> assertThat(session.increment("views")).isEqualTo(2));
	}

	@Test
	void aLogoutBesideALaterFormatRemovesNothing() {
		SessionRecord later = writtenByALaterVersion(LATER_FORMAT);
		Exchange exchange = open(this.node, this.browser);
		exchange.session().invalidate();
		exchange.finish();
		assertThat(exchange.cleared).isFalse();
		assertUntouched(record(this.key), later);
	}

	@Test
	void aLaterFormatWrittenWhileARequestRunsDropsItsChanges() {
		Exchange exchange = open(this.node, this.browser);
		assertThat(exchange.session().get("views", Long.class)).isEqualTo(5);
		SessionRecord later = writtenByALaterVersion(LATER_FORMAT);
		exchange.session().set("views", 6L);
		exchange.finish();
		assertThat(exchange.request.failure()).isNull();
		assertThat(exchange.sends).isZero();
		assertThat(events(ChangesDropped.class))
			.containsExactly(new ChangesDropped(this.key, Set.of("views"), ChangesDropped.Reason.SESSION_ENDED));
		assertUntouched(record(this.key), later);
	}

	@Test
	void aRecordThatTheStoreCantReadIsNoSession() {
		SessionRecord later = record(this.key);
		this.store.unreadable.add(this.key);
		Browser visitor = this.browser.copy();
		Exchange reading = open(this.node, visitor);
		assertThat(reading.session().names()).isEmpty();
		reading.finish();
		assertThat(reading.sends).isZero();
		assertThat(reading.cleared).isFalse();
		assertThat(events(RecordUnreadable.class)).containsExactly(new RecordUnreadable(this.key));
		request(this.node, visitor, (session) -> session.set("a", 1));
		assertThat(visitor.id).isNotNull();
		assertThat(visitor.id.key()).isNotEqualTo(this.key);
		assertThat(record(this.key)).isSameAs(later);
	}

	@Test
	void aRecordThatBecomesUnreadableWhileARequestRunsDropsItsChanges() {
		SessionRecord later = record(this.key);
		Exchange exchange = open(this.node, this.browser);
		exchange.session().names();
		SessionRecord touched = record(this.key);
		this.store.unreadable.add(this.key);
		exchange.session().set("views", 6L);
		exchange.finish();
		assertThat(exchange.request.failure()).isNull();
		assertThat(events(ChangesDropped.class)).hasSize(1);
		assertThat(record(this.key)).isSameAs(touched);
		assertUntouched(touched, later);
	}

	@Test
	void aRolledBackNodeFindsTheSessionAgain() {
		SessionRecord earlier = record(this.key);
		writtenByALaterVersion(LATER_FORMAT);
		request(this.node, this.browser, Session::names);
		writtenByALaterVersion(earlier.data());
		request(this.node, this.browser, (session) -> {
			assertThat(session.get("views", Long.class)).isEqualTo(5);
			assertThat(session.getPrincipal()).isEqualTo("alice");
		});
	}

	@Test
	void anAttributeOfAnUnknownKindCostsItselfAlone() {
		writtenByALaterVersion(LATER_TAG);
		request(this.node, this.browser, (session) -> {
			assertThat(session.get("views", Long.class)).isEqualTo(5);
			assertThat(session.get("later", Object.class)).isNull();
			assertThat(session.names()).containsExactlyInAnyOrder("later", "views");
			assertThat(session.toMap()).isEqualTo(Map.of("views", 5L));
		});
		assertThat(events(AttributeUnreadable.class)).contains(new AttributeUnreadable(this.key, "later"));
		assertThat(events(RecordUnreadable.class)).isEmpty();
	}

	@Test
	void anAttributeOfAnUnknownKindSurvivesTheWritesOfOthers() {
		writtenByALaterVersion(LATER_TAG);
		SessionEngine third = engine(this.store, EngineSettings.DEFAULTS);
		request(this.node, this.browser, (session) -> assertThat(session.increment("views")).isEqualTo(6));
		request(third, this.browser, (session) -> session.set("other", "x"));
		request(third, this.browser, (session) -> session.remove("other"));
		request(this.node, this.browser, Session::changeId);
		SessionRecord record = record(this.key);
		assertThat(AttributesFormat.read(record.data()).values().get("later").toByteArray()).containsExactly(99, 7, 7);
		request(this.node, this.browser, (session) -> assertThat(session.get("views", Long.class)).isEqualTo(6));
	}

	@Test
	void anAttributeOfAnUnknownKindCanBeReplaced() {
		writtenByALaterVersion(LATER_TAG);
		request(this.node, this.browser, (session) -> session.set("later", "now"));
		request(this.node, this.browser, (session) -> assertThat(session.get("later", String.class)).isEqualTo("now"));
	}

	/** A store in which some records are of a format that this version can't read. */
	private final class LaterStore extends TestRepository {

		private final Set<SessionKey> unreadable = new HashSet<>();

		private LaterStore() {
			super(RollingUpgradeTests.this.clock);
		}

		@Override
		synchronized @Nullable SessionRecord living(SessionKey key) {
			return this.unreadable.contains(key) ? null : super.living(key);
		}

		@Override
		public @Nullable SessionRecord find(SessionKey key) {
			tell(key);
			return super.find(key);
		}

		@Override
		public synchronized @Nullable SessionRecord findAndTouch(SessionKey key) {
			tell(key);
			return super.findAndTouch(key);
		}

		private void tell(SessionKey key) {
			if (this.unreadable.contains(key)) {
				RollingUpgradeTests.this.events.add(new RecordUnreadable(key));
			}
		}

	}

}
