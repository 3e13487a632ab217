package app.session.codec;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What the data of a stored session holds: the settings it has of its own, its login, and
 * its attributes, still encoded, in the order they were set. Immutable: the map is
 * shared, not copied, and nobody writes to it once it is here.
 *
 * @param ownTimeout how long it lives unused, to the millisecond, or {@code null} for the
 * configured time
 * @param ownCookieMaxAge how long the browser keeps its cookie, to the millisecond, zero
 * until the browser closes, or {@code null} for the configured time
 * @param lastLogin when and from where its principal was last set, or {@code null} if it
 * has none, or was written by a version that did not keep it
 * @param values the attributes by name
 */
public record StoredAttributes(@Nullable Duration ownTimeout, @Nullable Duration ownCookieMaxAge,
		@Nullable StoredLogin lastLogin, Map<String, EncodedValue> values) {

	/**
	 * Keeps others from writing to the attributes.
	 */
	public StoredAttributes {
		values = Collections.unmodifiableMap(values);
	}

}
