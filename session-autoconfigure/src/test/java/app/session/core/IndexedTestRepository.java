package app.session.core;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import app.session.PrincipalIndex;
import app.session.PrincipalIndex.Admission.Status;
import app.session.SessionCatalog;
import app.session.SessionKey;
import app.session.SessionLimit;
import app.session.SessionRecord;

/**
 * A repository that also keeps an index of principals, and whose node crashes on demand.
 * It strikes nothing off by itself.
 */
class IndexedTestRepository extends TestRepository implements PrincipalIndex, SessionCatalog {

	final Map<String, Entry> entries = new HashMap<>();

	private int callsBeforeCrash = Integer.MAX_VALUE;

	boolean closed;

	IndexedTestRepository(InstantSource clock) {
		super(clock);
	}

	/**
	 * The node stops in the middle of what it does: nothing is caught, nothing undone.
	 */
	static final class Crash extends Error {

		private static final long serialVersionUID = 1L;

	}

	void crashAfter(int calls) {
		this.callsBeforeCrash = calls;
	}

	@Override
	void called(String call) {
		if (this.callsBeforeCrash-- == 0) {
			this.callsBeforeCrash = Integer.MAX_VALUE;
			throw new Crash();
		}
		super.called(call);
	}

	private Entry entry(String principal) {
		return this.entries.computeIfAbsent(principal, (name) -> new Entry());
	}

	@Override
	public synchronized long epoch(String principal) {
		called("epoch");
		return entry(principal).epoch;
	}

	@Override
	public synchronized List<SessionKey> members(String principal) {
		called("members");
		return List.copyOf(entry(principal).members);
	}

	@Override
	public synchronized Admission admit(String principal, SessionKey key, long epoch, SessionLimit limit) {
		called("admit");
		Entry entry = entry(principal);
		Status status = Status.ADMITTED;
		if (entry.epoch != epoch) {
			status = Status.STALE;
		}
		else if (entry.condemned.contains(key)) {
			status = Status.CONDEMNED;
		}
		else if (!entry.members.contains(key)) {
			if (entry.members.size() >= limit.sessions() && limit.whenFull() == SessionLimit.WhenFull.REFUSE) {
				status = Status.FULL;
			}
			else {
				entry.members.add(key);
			}
		}
		while (entry.members.size() > limit.sessions()) {
			entry.condemned.add(entry.members.remove(0));
		}
		return new Admission(status, List.copyOf(entry.condemned));
	}

	@Override
	public synchronized List<SessionKey> revoke(String principal, @Nullable SessionKey spared) {
		called("revoke");
		Entry entry = entry(principal);
		entry.epoch++;
		for (SessionKey member : List.copyOf(entry.members)) {
			if (!member.equals(spared)) {
				entry.members.remove(member);
				entry.condemned.add(member);
			}
		}
		return List.copyOf(entry.condemned);
	}

	@Override
	public synchronized void strikeOff(String principal, List<SessionKey> keys) {
		called("strikeOff");
		entry(principal).members.removeAll(keys);
		entry(principal).condemned.removeAll(keys);
	}

	@Override
	public synchronized long count() {
		return this.records.keySet().stream().filter((key) -> living(key) != null).count();
	}

	@Override
	public synchronized Stream<SessionRecord> stream() {
		return List.copyOf(this.records.values()).stream().onClose(() -> this.closed = true);
	}

	/** What is kept for a principal. */
	static class Entry {

		long epoch;

		final List<SessionKey> members = new ArrayList<>();

		final List<SessionKey> condemned = new ArrayList<>();

	}

}
