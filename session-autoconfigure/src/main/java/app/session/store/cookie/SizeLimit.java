package app.session.store.cookie;

import java.util.function.Consumer;

import app.session.SessionRecord;
import app.session.SessionTooLargeException;
import app.session.crypto.SealedFormat;
import app.session.store.LargestAttributes;

/**
 * Refuses a session that no browser would keep, before anything is sent: it would go on
 * with the old one without a word.
 *
 * @param format how a record is put under the seal
 * @param maxText how many characters a cookie's value may have
 * @param revocable whether the principal's epoch is sealed with a record
 */
record SizeLimit(RecordFormat format, int maxText, boolean revocable) implements Consumer<SessionRecord> {

	@Override
	public void accept(SessionRecord record) {
		int length = SealedFormat.textLength(this.format.length(record, this.revocable && record.principal() != null));
		if (length > this.maxText) {
			throw new SessionTooLargeException("The session takes " + length + " characters of a cookie and may take "
					+ this.maxText + ", since browsers keep no cookie of more than " + SealedTokens.MAX_COOKIE
					+ " bytes, its name among them. " + LargestAttributes.of(record)
					+ " Keep less in the session, or only a key of "
					+ "what is kept elsewhere; or keep sessions on the server, with app.session.store=redis or jdbc"
					+ (this.format.compresses() ? "." : "; app.session.cookie-store.compression=true may help."));
		}
	}

}
