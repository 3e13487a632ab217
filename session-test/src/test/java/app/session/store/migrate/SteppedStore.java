package app.session.store.migrate;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import app.session.PrincipalIndex;
import app.session.SessionAdoption;
import app.session.SessionCatalog;
import app.session.SessionKey;
import app.session.SessionLimit;
import app.session.SessionRecord;
import app.session.SessionRepository;
import app.session.store.memory.MemorySessionRepository;

/**
 * A store as one actor has it: the actor stops before each call.
 */
record SteppedStore(MemorySessionRepository store,
		Actor actor) implements SessionRepository, SessionAdoption, PrincipalIndex, SessionCatalog {

	private <T extends @Nullable Object> T heard(T answer) {
		return this.actor.hear(answer);
	}

	private MemorySessionRepository reached() {
		this.actor.stop();
		return this.store;
	}

	@Override
	public @Nullable SessionRecord find(SessionKey key) {
		return heard(reached().find(key));
	}

	@Override
	public @Nullable SessionRecord findAndTouch(SessionKey key) {
		return heard(reached().findAndTouch(key));
	}

	@Override
	public boolean create(SessionRecord record) {
		return heard(reached().create(record));
	}

	@Override
	public boolean adopt(SessionRecord record, Duration age) {
		return heard(reached().adopt(record, age));
	}

	@Override
	public boolean update(SessionRecord record) {
		return heard(reached().update(record));
	}

	@Override
	public boolean touch(SessionKey key) {
		return heard(reached().touch(key));
	}

	@Override
	public boolean delete(SessionKey key) {
		return heard(reached().delete(key));
	}

	@Override
	public long epoch(String principal) {
		return heard(reached().epoch(principal));
	}

	@Override
	public List<SessionKey> members(String principal) {
		return heard(reached().members(principal));
	}

	@Override
	public Admission admit(String principal, SessionKey key, long epoch, SessionLimit limit) {
		return heard(reached().admit(principal, key, epoch, limit));
	}

	@Override
	public List<SessionKey> revoke(String principal, @Nullable SessionKey spared) {
		return heard(reached().revoke(principal, spared));
	}

	@Override
	public void strikeOff(String principal, List<SessionKey> keys) {
		reached().strikeOff(principal, keys);
	}

	@Override
	public long count() {
		return heard(reached().count());
	}

	@Override
	public Stream<SessionRecord> stream() {
		return heard(reached().stream());
	}

}
