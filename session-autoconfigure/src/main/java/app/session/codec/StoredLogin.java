package app.session.codec;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * When and from where the login of a session was made.
 *
 * @param time when credentials were checked, to the millisecond, or {@code null} if none
 * were: the client is remembered from an earlier login
 * @param address the client's network address, or {@code null} if it is not recorded
 * @param userAgent how the client's program calls itself, or {@code null} if it is not
 * recorded
 */
public record StoredLogin(@Nullable Instant time, @Nullable String address, @Nullable String userAgent) {

	/**
	 * Names no person's data.
	 */
	@Override
	public String toString() {
		return "StoredLogin[" + this.time + "]";
	}

}
