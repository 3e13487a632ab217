package app.session.store.springsession;

import java.util.function.Consumer;

import app.session.SessionEvent.InvalidCookie;
import app.session.store.FormerFormat;
import app.session.store.SpringSessionRecords;
import org.jspecify.annotations.Nullable;

/**
 * Clients of an application that had Spring Session, whose sessions are moved out of its
 * records. Their cookie is not signed: an id is good if there is a session of that id, as
 * it was to Spring Session. Thread-safe.
 */
public final class SpringSessionFormer implements FormerFormat {

	private final SpringSessionRecords records;

	private final SpringSessionValues values;

	private final SpringSessionSettings settings;

	/**
	 * Creates the format.
	 * @param records the records
	 * @param values how attributes become ours
	 * @param settings how sessions are treated
	 */
	public SpringSessionFormer(SpringSessionRecords records, SpringSessionValues values,
			SpringSessionSettings settings) {
		this.records = records;
		this.values = values;
		this.settings = settings;
	}

	@Override
	public @Nullable Former read(String text, Consumer<InvalidCookie.Reason> refused) {
		String id = SpringSessionCookie.decode(text);
		if (id == null) {
			refused.accept(InvalidCookie.Reason.MALFORMED);
			return null;
		}
		SpringSessionSource source = new SpringSessionSource(this.records, id, this.values, this.settings);
		return new Former(source.id(), source);
	}

}
