package app.session.store.migrate;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

import app.session.PrincipalIndex;
import app.session.SessionCatalog;
import app.session.SessionKey;
import app.session.SessionLeases;
import app.session.SessionRepository;
import app.session.crypto.SessionIdGenerator;
import app.session.store.LaterClock;
import app.session.store.SessionSource;
import app.session.test.StoreFixture;

/**
 * Two nodes that move sessions to a store, from a source of which they know nothing but
 * what a test puts there.
 */
public final class MigratingFixture implements StoreFixture {

	private final StoreFixture target;

	private final MigratingStore node;

	private final MigratingStore otherNode;

	private volatile Duration moved = Duration.ZERO;

	/**
	 * Creates a fixture.
	 * @param target the fixture of the store that sessions are moved to, closed with this
	 * one
	 * @param node that store itself, as one node has it
	 * @param otherNode the same as the other node has it
	 * @param source the store that is left, in memory
	 * @param clock by which the source reckons
	 */
	public MigratingFixture(StoreFixture target, SessionRepository node, SessionRepository otherNode,
			SessionRepository source, InstantSource clock) {
		this.target = target;
		this.node = store(node, source, clock);
		this.otherNode = store(otherNode, source, clock);
	}

	private static MigratingStore store(SessionRepository target, SessionRepository source, InstantSource clock) {
		return MigratingStore.of(target, SessionSource.of(source),
				new MigrationSettings(Duration.ofSeconds(20), clock, new SessionIdGenerator(new SecureRandom())));
	}

	@Override
	public SessionRepository repository() {
		return seen(this.node);
	}

	@Override
	public SessionRepository otherNode() {
		return seen(this.otherNode);
	}

	/** Where time passes by moving the records back, they are seen by a later clock. */
	private SessionRepository seen(MigratingStore store) {
		return isClockControlled() ? store : new LaterClock(store, () -> this.moved);
	}

	@Override
	public PrincipalIndex principalIndex() {
		return this.node;
	}

	@Override
	public SessionLeases leases() {
		return this.node;
	}

	@Override
	public SessionLeases leasesOfOtherNode() {
		return this.otherNode;
	}

	@Override
	public SessionCatalog catalog() {
		return this.node;
	}

	@Override
	public Instant now() {
		return this.target.now();
	}

	@Override
	public void advance(Duration duration) {
		this.target.advance(duration);
		this.moved = this.moved.plus(duration);
	}

	@Override
	public boolean isClockControlled() {
		return this.target.isClockControlled();
	}

	@Override
	public boolean corrupt(SessionKey key) {
		return this.target.corrupt(key);
	}

	@Override
	public int raceRounds() {
		return this.target.raceRounds();
	}

	@Override
	public void close() {
		this.target.close();
	}

}
