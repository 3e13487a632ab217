package app.session.store.node;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Objects;

import app.session.SessionEvent;
import app.session.SessionKey;
import app.session.SessionRecord;
import app.session.SessionRepository;
import app.session.codec.AttributesFormat;
import app.session.codec.UnreadableDataException;
import app.session.store.StoreEvents;
import app.session.store.TextRecords;
import app.session.store.node.NodeForm.Written;
import org.jspecify.annotations.Nullable;

/**
 * The repository of one request over records that Node writes too. It reaches the session
 * whose id the client brought, and those that the request makes. Safe for use by the
 * threads of the request.
 * <p>
 * A record of Node has no version and no writers. What takes their place is its text: it
 * is replaced only as it was read, so among us no change is lost. The version counts what
 * this request has seen. A write whose reply is lost is never made again.
 * <p>
 * The id is the name of the record, so an id change is a new record and the end of the
 * old one: first the new is written, of which nobody knows the id yet; then the old is
 * removed, if it is still the one that was read; only then does the client learn the new
 * id. If the old one is not, the new one goes. A crash in between leaves the old session
 * as it was, and a record that nobody can ask for until its time is over. At no moment do
 * two ids that a client knows open the session.
 */
final class NodeRecords implements SessionRepository {

	private final TextRecords texts;

	private final String keyPrefix;

	private final NodeForm form;

	private final NodeIds ids;

	private final InstantSource clock;

	private final StoreEvents events;

	private @Nullable NodeId current;

	private @Nullable Seen seen;

	private long version;

	NodeRecords(TextRecords texts, String keyPrefix, NodeForm form, NodeIds ids, InstantSource clock,
			StoreEvents events) {
		this.texts = texts;
		this.keyPrefix = keyPrefix;
		this.form = form;
		this.ids = ids;
		this.clock = clock;
		this.events = events;
	}

	@Override
	public synchronized @Nullable SessionRecord find(SessionKey key) {
		NodeId id = id(key);
		String text = (id != null) ? this.texts.find(name(id)) : null;
		this.seen = (id != null && text != null) ? read(id, text) : null;
		return (this.seen != null) ? this.seen.record() : null;
	}

	private @Nullable Seen read(NodeId id, String text) {
		try {
			Seen read = seen(id, text, this.form.read(text));
			if (this.form.isOver(read.content(), now())) {
				end(read);
				return null;
			}
			this.version = read.record().version();
			return read;
		}
		catch (UnreadableDataException | IllegalArgumentException ex) {
			this.events.accept(new SessionEvent.RecordUnreadable(id.id().key()));
			return null;
		}
	}

	private Seen seen(NodeId id, String text, NodeContent content) {
		byte[] data = AttributesFormat.write(content.attributes());
		long number = (this.seen != null && this.seen.isSame(data, content.principal())) ? this.version
				: this.version + 1;
		return new Seen(id, text, content, this.form.record(id.id(), number, content, data, now()));
	}

	@Override
	public synchronized boolean create(SessionRecord record) {
		NodeId id = this.ids.get(record.key(), record.secretHash());
		NodeContent content = NodeContent.NOTHING.with(record, now());
		Written written = this.form.write(content, now());
		if (!this.texts.create(name(id), written.text(), written.stay())) {
			return false;
		}
		become(id, written, content, record);
		return true;
	}

	@Override
	public synchronized boolean update(SessionRecord record) {
		Seen before = this.seen;
		if (before == null || !before.record().key().equals(record.key()) || record.version() != this.version + 1
				|| this.form.isOver(before.content(), now())) {
			return false;
		}
		NodeId id = this.ids.get(record.key(), record.secretHash());
		NodeContent content = before.content().with(record, record.creationTime());
		Written written = this.form.write(content, now());
		boolean done = id.equals(before.id())
				? this.texts.replace(name(id), before.text(), written.text(), written.stay())
				: move(before, id, written);
		if (done) {
			become(id, written, content, record);
		}
		return done;
	}

	/**
	 * Has a session go on under another id.
	 */
	private boolean move(Seen before, NodeId id, Written written) {
		if (!this.texts.create(name(id), written.text(), written.stay())) {
			throw new IllegalStateException("A new id was in use already: is the source of randomness sound?");
		}
		if (this.texts.delete(name(before.id()), before.text())) {
			return true;
		}
		this.texts.delete(name(id));
		return false;
	}

	private void become(NodeId id, Written written, NodeContent content, SessionRecord record) {
		this.current = id;
		this.version = record.version();
		this.seen = new Seen(id, written.text(), content.endingAt(written.end()), record);
	}

	/**
	 * Moves the end. Where that is in the text, and somebody else writes it at the same
	 * time, that is a use as well.
	 */
	@Override
	public synchronized boolean touch(SessionKey key) {
		Seen before = this.seen;
		if (before == null || !before.record().key().equals(key)) {
			return find(key) != null && touch(key);
		}
		Instant now = now();
		if (this.form.isOver(before.content(), now)) {
			return false;
		}
		Instant end = this.form.end(before.content(), now);
		Instant told = before.content().end();
		if (end == null) {
			return true;
		}
		if (told == null) {
			return this.texts.extend(name(before.id()), Duration.between(now, end));
		}
		if (!end.isAfter(told)) {
			return true;
		}
		Written written = this.form.write(before.content(), now);
		if (!this.texts.replace(name(before.id()), before.text(), written.text(), written.stay())) {
			return find(key) != null;
		}
		this.seen = new Seen(before.id(), written.text(), before.content().endingAt(written.end()), before.record());
		return true;
	}

	@Override
	public synchronized boolean delete(SessionKey key) {
		NodeId id = id(key);
		this.seen = null;
		return id != null && this.texts.delete(name(id));
	}

	/**
	 * Removes a session that is over, unless somebody has made another of it.
	 */
	private void end(Seen over) {
		if (this.texts.delete(name(over.id()), over.text())) {
			this.events.accept(new SessionEvent.Expired(over.record().key(), over.content().principal()));
		}
	}

	private @Nullable NodeId id(SessionKey key) {
		NodeId present = this.current;
		return (present != null && present.id().key().equals(key)) ? present : this.ids.first(key);
	}

	private String name(NodeId id) {
		return this.keyPrefix + id.text();
	}

	private Instant now() {
		return this.clock.instant().truncatedTo(ChronoUnit.MILLIS);
	}

	/**
	 * What this request has last seen of its session.
	 *
	 * @param text the text by which it is replaced
	 */
	private record Seen(NodeId id, String text, NodeContent content, SessionRecord record) {

		boolean isSame(byte[] data, @Nullable String principal) {
			return Arrays.equals(data, this.record.data()) && Objects.equals(principal, this.record.principal());
		}

	}

}
