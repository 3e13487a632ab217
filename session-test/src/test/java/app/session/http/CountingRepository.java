package app.session.http;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.jspecify.annotations.Nullable;

import app.session.SessionKey;
import app.session.SessionRecord;
import app.session.SessionRepository;

/**
 * Writes down every call of another repository.
 */
public class CountingRepository implements SessionRepository {

	private final SessionRepository repository;

	private final List<String> calls = Collections.synchronizedList(new ArrayList<>());

	public CountingRepository(SessionRepository repository) {
		this.repository = repository;
	}

	public List<String> takeCalls() {
		synchronized (this.calls) {
			List<String> taken = List.copyOf(this.calls);
			this.calls.clear();
			return taken;
		}
	}

	@Override
	public @Nullable SessionRecord find(SessionKey key) {
		this.calls.add("find");
		return this.repository.find(key);
	}

	@Override
	public @Nullable SessionRecord findAndTouch(SessionKey key) {
		this.calls.add("findAndTouch");
		return this.repository.findAndTouch(key);
	}

	@Override
	public boolean create(SessionRecord record) {
		this.calls.add("create");
		return this.repository.create(record);
	}

	@Override
	public boolean update(SessionRecord record) {
		this.calls.add("update");
		return this.repository.update(record);
	}

	@Override
	public boolean touch(SessionKey key) {
		this.calls.add("touch");
		return this.repository.touch(key);
	}

	@Override
	public boolean delete(SessionKey key) {
		this.calls.add("delete");
		return this.repository.delete(key);
	}

}
