package app.session.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import app.session.LoginRefusedException;
import app.session.SessionLimit;
import app.session.SessionLimit.WhenFull;
import app.session.crypto.SessionId;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Many logins of one principal at the same time, on two nodes.
 */
class LoginRaceTests extends Races {

	private static final int LIMIT = 2;

	private final IndexedTestRepository store = new IndexedTestRepository(this.clock);

	private final List<SessionId> sent = new CopyOnWriteArrayList<>();

	private final List<Integer> alive = Collections.synchronizedList(new ArrayList<>());

	private int countAlive() {
		synchronized (this.store) {
			return (int) this.sent.stream().filter((id) -> {
				var record = this.store.living(id.key());
				return record != null && record.secretHash().equals(id.secretHash());
			}).count();
		}
	}

	private final class Login extends Exchange {

		Login(SessionEngine node) {
			super(node, new Browser());
		}

		@Override
		public void send(SessionId id, @Nullable Duration maxAge) {
			super.send(id, maxAge);
			LoginRaceTests.this.sent.add(id);
			LoginRaceTests.this.alive.add(countAlive());
		}

		void finishOrBeRefused() {
			try {
				finish();
			}
			catch (LoginRefusedException ex) {
				assertThat(this.sends).isZero();
			}
		}

	}

	@ParameterizedTest
	@EnumSource(WhenFull.class)
	void noMoreThanTheLimitIsEverAlive(WhenFull whenFull) throws Exception {
		EngineSettings settings = LoginTests.limitedSettings(new SessionLimit(LIMIT, whenFull));
		List<SessionEngine> nodes = List.of(engine(this.store, settings), engine(this.store, settings));
		for (int round = 0; round < 100; round++) {
			this.sent.clear();
			this.store.records.clear();
			this.store.entries.clear();
			race((thread) -> {
				Login login = new Login(nodes.get(thread % 2));
				login.session().setPrincipal("alice");
				login.finishOrBeRefused();
			});
			assertThat(countAlive()).as("round %d", round).isEqualTo(LIMIT);
			assertThat(this.store.entries.get("alice").condemned).isEmpty();
		}
		assertThat(this.alive).allMatch((count) -> count <= LIMIT);
	}

	@Test
	void noLoginOutlivesARevocationThatBeganAfterItsPasswordWasChecked() throws Exception {
		List<SessionEngine> nodes = List.of(engine(this.store, EngineSettings.DEFAULTS),
				engine(this.store, EngineSettings.DEFAULTS));
		for (int round = 0; round < 200; round++) {
			this.sent.clear();
			long epoch = nodes.get(0).sessions().epoch("alice");
			race((thread) -> {
				if (thread == 0) {
					nodes.get(0).sessions().revokeAll("alice");
					return;
				}
				Login login = new Login(nodes.get(thread % 2));
				login.session().setPrincipal("alice", epoch);
				login.finishOrBeRefused();
			});
			assertThat(countAlive()).as("round %d", round).isZero();
			assertThat(this.store.entries.get("alice").members).isEmpty();
		}
	}

}
