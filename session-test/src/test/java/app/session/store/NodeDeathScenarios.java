package app.session.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;

import app.session.LoginRefusedException;
import app.session.PrincipalIndex.Admission.Status;
import app.session.SessionAdoption;
import app.session.SessionCatalog;
import app.session.SessionKey;
import app.session.SessionLeases;
import app.session.SessionLimit;
import app.session.SessionLimit.WhenFull;
import app.session.SessionRepository;
import app.session.codec.AttributeCodec;
import app.session.core.EngineSettings;
import app.session.core.RequestSession;
import app.session.core.SessionEngine;
import app.session.crypto.SessionIdGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.Mockito.mock;

/**
 * A node dies before or after any call of the store, and others go on: in each test once
 * for every such step, until the node comes to the end alive.
 */
public abstract class NodeDeathScenarios {

	private static final int LIMIT = 2;

	/**
	 * The records that the nodes share.
	 */
	protected abstract SessionRepository records();

	/**
	 * The entries that the nodes share.
	 */
	protected abstract PrincipalEntries entries();

	/** Kills a node at each step of what it does, and looks what comes of it. */
	private void atEachStep(WhenFull whenFull, int steps, Consumer<Run> action, Consumer<Run> outcome) {
		int step = 0;
		for (boolean died = true; died; step++) {
			Run run = new Run(whenFull);
			died = run.killAt(step, () -> action.accept(run));
			outcome.accept(run);
		}
		assertThat(step).isGreaterThan(steps);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void inALoginThatEndsTheOldestSession(boolean sweepFirst) {
		atEachStep(WhenFull.END_OLDEST, 16, (run) -> run.login(run.doomed, run.late), (run) -> {
			assertThat(run.alive()).hasSizeLessThanOrEqualTo(LIMIT);
			if (sweepFirst) {
				run.sweepAndLook();
			}
			Visitor next = run.visitor();
			run.login(run.other, next);
			assertThat(run.alive()).hasSizeLessThanOrEqualTo(LIMIT).contains(next).doesNotContain(run.first);
			run.sweepAndLook();
			assertThat(run.alive()).contains(next);
		});
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void inALoginThatIsRefused(boolean sweepFirst) {
		atEachStep(WhenFull.REFUSE, 16, (run) -> run.loginInVain(run.doomed, run.late), (run) -> {
			assertThat(run.alive()).containsExactly(run.first, run.second);
			if (sweepFirst) {
				run.sweepAndLook();
			}
			run.assertRefused(run.other, run.visitor(), Status.FULL);
			run.other.sessions().revoke(run.first.key().handle());
			Visitor next = run.visitor();
			run.login(run.other, next);
			assertThat(run.alive()).containsExactly(run.second, next);
		});
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void whileItEndsAllSessions(boolean sweepFirst) {
		atEachStep(WhenFull.END_OLDEST, 10, (run) -> run.doomed.sessions().revokeAll(run.alice), (run) -> {
			boolean begun = run.other.sessions().epoch(run.alice) > 0;
			if (!begun) {
				assertThat(run.alive()).containsExactly(run.first, run.second);
				return;
			}
			Visitor stale = run.visitor();
			run.assertStale(stale);
			if (sweepFirst) {
				run.sweepAndLook();
				assertThat(run.alive()).isEmpty();
			}
			Visitor next = run.visitor();
			run.login(run.other, next);
			assertThat(run.alive()).containsExactly(next);
		});
	}

	@ParameterizedTest
	@EnumSource(WhenFull.class)
	void whileItEndsOneSession(WhenFull whenFull) {
		atEachStep(whenFull, 4, (run) -> run.doomed.sessions().revoke(run.first.key().handle()), (run) -> {
			boolean ended = !run.alive().contains(run.first);
			assertThat(run.alive()).contains(run.second);
			Visitor next = run.visitor();
			if (whenFull == WhenFull.REFUSE && !ended) {
				run.assertRefused(run.other, next, Status.FULL);
				return;
			}
			run.login(run.other, next);
			assertThat(run.alive()).as("the place of one that has ended is free").containsExactly(run.second, next);
		});
	}

	@ParameterizedTest
	@EnumSource(WhenFull.class)
	void whileItSweeps(WhenFull whenFull) {
		atEachStep(whenFull, 10, (run) -> {
			// Another has died before it
			run.index.revoke(run.alice, null);
			run.doomedIndex.finish();
		}, (run) -> {
			run.sweepAndLook();
			assertThat(run.alive()).isEmpty();
		});
	}

	/** One run, with two visitors logged in. */
	private final class Run {

		final String alice = "alice " + UUID.randomUUID();

		private final Death death = new Death();

		private final SessionLimit limit;

		final StoredPrincipalIndex index = index(entries(), records());

		final StoredPrincipalIndex doomedIndex = index(this.death.in(PrincipalEntries.class, entries()),
				this.death.in(SessionRepository.class, records()));

		final SessionEngine other;

		final SessionEngine doomed;

		private final List<Visitor> visitors = new ArrayList<>();

		final Visitor first = visitor();

		final Visitor second = visitor();

		final Visitor late = visitor();

		Run(WhenFull whenFull) {
			this.limit = new SessionLimit(LIMIT, whenFull);
			this.other = engine(records(), this.index);
			this.doomed = engine(this.death.in(SessionRepository.class, records()), this.doomedIndex);
			login(this.other, this.first);
			login(this.other, this.second);
			RequestSession request = this.other.open(null, this.late);
			request.session().set("basket", "full");
			request.commit();
			request.end();
		}

		private static StoredPrincipalIndex index(PrincipalEntries entries, SessionRepository records) {
			return new StoredPrincipalIndex(entries, records, Duration.ofSeconds(20), InstantSource.system());
		}

		private SessionEngine engine(SessionRepository records, StoredPrincipalIndex index) {
			EngineSettings d = EngineSettings.DEFAULTS;
			EngineSettings settings = new EngineSettings(d.timeout(), null, d.maxLifetime(), d.touchFraction(), null,
					d.storeTimeout(), d.maxAttributes(), d.maxBytes(), d.maxNameLength(), d.securityNames(), this.limit,
					EngineSettings.OnStoreFailure.FAIL);
			return new SessionEngine(new Node(records, index),
					new AttributeCodec(AttributeCodec.mapperBuilder().build()),
					new SessionIdGenerator(new SecureRandom()), settings, InstantSource.system(), (event) -> {
					});
		}

		Visitor visitor() {
			Visitor visitor = new Visitor();
			this.visitors.add(visitor);
			return visitor;
		}

		boolean killAt(int step, Runnable action) {
			this.death.stepsLeft = step;
			try {
				action.run();
			}
			catch (Death.NodeDied ex) {
				assertThat(this.death.dead).isTrue();
			}
			return this.death.dead;
		}

		void login(SessionEngine node, Visitor visitor) {
			RequestSession request = node.open(visitor.id, visitor);
			request.session().setPrincipal(this.alice);
			request.commit();
			request.end();
		}

		void loginInVain(SessionEngine node, Visitor visitor) {
			try {
				login(node, visitor);
			}
			catch (LoginRefusedException ex) {
				assertThat(ex.getStatus()).isEqualTo(Status.FULL);
			}
		}

		void assertRefused(SessionEngine node, Visitor visitor, Status status) {
			assertThatExceptionOfType(LoginRefusedException.class).isThrownBy(() -> login(node, visitor))
				.satisfies((ex) -> assertThat(ex.getStatus()).isEqualTo(status));
		}

		void assertStale(Visitor visitor) {
			RequestSession request = this.other.open(null, visitor);
			request.session().setPrincipal(this.alice, 0);
			assertThatExceptionOfType(LoginRefusedException.class).isThrownBy(request::commit)
				.satisfies((ex) -> assertThat(ex.getStatus()).isEqualTo(Status.STALE));
		}

		/** Those whose cookie is a session of hers. */
		List<Visitor> alive() {
			return this.visitors.stream().filter((visitor) -> {
				RequestSession request = this.other.open(visitor.id, new Visitor());
				return visitor.id != null && this.alice.equals(request.session().getPrincipal());
			}).toList();
		}

		void sweepAndLook() {
			List<SessionKey> condemned = entry().condemned();
			this.index.finish();
			assertThat(condemned).allMatch((key) -> records().find(key) == null);
			assertThat(entry().condemned()).isEmpty();
			try (Stream<byte[]> unfinished = entries().unfinished()) {
				assertThat(unfinished).noneMatch((id) -> Arrays.equals(id, id()));
			}
		}

		private PrincipalEntry entry() {
			PrincipalEntry entry = PrincipalEntry.decode(entries().find(id()));
			assertThat(entry).isNotNull();
			return entry;
		}

		private byte[] id() {
			try {
				return MessageDigest.getInstance("SHA-256").digest(this.alice.getBytes(StandardCharsets.UTF_8));
			}
			catch (NoSuchAlgorithmException ex) {
				throw new AssertionError(ex);
			}
		}

	}

	/** A node's view of the store: nothing here lists sessions or leases them. */
	private static final class Node extends SharedStore {

		Node(SessionRepository records, StoredPrincipalIndex index) {
			super(records, mock(SessionAdoption.class), index, mock(SessionCatalog.class), mock(SessionLeases.class));
		}

		@Override
		public void close() {
		}

	}

}
