package app.session.store.node;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.function.Supplier;

/**
 * Makes texts of random bytes, in base64url without padding. Thread-safe.
 *
 * @param random where the bytes come from
 * @param prefix what each text begins with
 * @param bytes how many bytes each has
 */
record RandomTexts(SecureRandom random, String prefix, int bytes) implements Supplier<String> {

	/** As express-session's own, by the npm package {@code uid-safe}. */
	static RandomTexts express(SecureRandom random) {
		return new RandomTexts(random, "", 24);
	}

	/** More random than koa-session's own, which are UUIDs. */
	static RandomTexts koa(SecureRandom random, String prefix) {
		return new RandomTexts(random, prefix, 32);
	}

	@Override
	public String get() {
		byte[] random = new byte[this.bytes];
		this.random.nextBytes(random);
		return this.prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
	}

}
