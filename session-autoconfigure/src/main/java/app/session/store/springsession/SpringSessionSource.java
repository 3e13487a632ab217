package app.session.store.springsession;

import java.util.List;
import java.util.stream.Stream;

import app.session.SessionKey;
import app.session.SessionRecord;
import app.session.crypto.SessionId;
import app.session.store.DerivedIds;
import app.session.store.SessionSource;
import app.session.store.SpringSessionRecords;
import app.session.store.SpringSessionRecords.Fields;
import org.jspecify.annotations.Nullable;

/**
 * The session of Spring Session whose id one client has brought, as a store of that one
 * session: what is stored is known by that id alone. Sessions can be counted, but not be
 * listed, and not be found by their handles or principals. Safe for use by many threads.
 * <p>
 * A session is not kept alive here: one that is used has to be moved.
 */
public final class SpringSessionSource implements SessionSource {

	private static final DerivedIds IDS = new DerivedIds("Spring Session");

	private final SpringSessionRecords records;

	private final String text;

	private final SessionId id;

	private final SpringSessionForm form;

	/**
	 * Creates it. Asks the store for nothing.
	 * @param records what is stored
	 * @param id the id that the client has brought, by {@link SpringSessionCookie#decode}
	 * @param values reads and writes attributes
	 * @param settings how sessions become ours
	 */
	public SpringSessionSource(SpringSessionRecords records, String id, SpringSessionValues values,
			SpringSessionSettings settings) {
		this.records = records;
		this.text = id;
		this.id = IDS.of(id);
		this.form = new SpringSessionForm(values, settings);
	}

	/**
	 * What the engine knows the session by: key and secret are derived from Spring
	 * Session's id, so each request that brings it has the same.
	 * @return the id
	 */
	public SessionId id() {
		return this.id;
	}

	@Override
	public @Nullable SessionRecord find(SessionKey key) {
		if (!key.equals(this.id.key())) {
			return null;
		}
		Fields fields = this.records.find(this.text);
		return (fields != null) ? this.form.record(this.id, fields) : null;
	}

	@Override
	public boolean canTouch() {
		return false;
	}

	@Override
	public boolean delete(SessionKey key) {
		return key.equals(this.id.key()) && this.records.delete(this.text);
	}

	@Override
	public long count() {
		return this.records.count();
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
		// There are no members.
	}

}
