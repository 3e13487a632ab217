package app.session.store.cookie;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.Deflater;

import app.session.SessionEvent.InvalidCookie;
import app.session.SessionTooLargeException;
import app.session.crypto.SealedFormat;
import app.session.store.cookie.SealedNode.Browser;
import app.session.store.cookie.SealedNode.Exchange;
import app.session.test.MutableClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a cookie can hold, and what comes out of one that somebody with a key has made.
 */
class SessionSizeTests {

	private static final int NAME = "__Secure-session".length();

	private final MutableClock clock = new MutableClock();

	private final SealedNode node = SealedNode.of(this.clock);

	private final Browser browser = new Browser();

	@Test
	void aSessionMayFillACookieAndNotOverflowIt() {
		int longest = 0;
		int fits = 0;
		for (int size = 2_700; size < 3_100; size++) {
			Browser visitor = new Browser();
			byte[] value = new byte[size];
			try {
				this.node.request(visitor, (session) -> session.set("value", value));
			}
			catch (SessionTooLargeException ex) {
				assertThat(visitor.text).isNull();
				continue;
			}
			fits = size;
			longest = Math.max(longest, visitor.text().length());
			this.node.request(visitor, (session) -> assertThat(session.get("value", byte[].class)).isEqualTo(value));
		}
		assertThat(longest + NAME).isBetween(SealedTokens.MAX_COOKIE - 3, SealedTokens.MAX_COOKIE);
		assertThat(fits).isBetween(2_800, 3_000);
	}

	@Test
	void tooLargeASessionFailsAtTheWriteAndNamesTheLargestAttributes() {
		this.node.request(this.browser, (session) -> session.set("small", "s"));
		String text = this.browser.text();
		Exchange exchange = this.node.open(this.browser);
		exchange.session().set("cart", "c".repeat(2_000));
		exchange.session().set("history", "h".repeat(1_000));
		exchange.session().set("a".repeat(100), "x".repeat(500));
		exchange.session().set("b", "x".repeat(400));
		assertThatExceptionOfType(SessionTooLargeException.class).isThrownBy(exchange::finish)
			.withMessageContaining(
					"'cart' (2005 bytes), 'history' (1008 bytes), '" + "a".repeat(60) + "…' (601 bytes).")
			.withMessageContaining("may take 4080")
			.withMessageMatching("The session takes 5[0-9]{3} characters.*")
			.withMessageContaining("app.session.store=redis or jdbc")
			.withMessageContaining("app.session.cookie-store.compression=true")
			.withMessageNotContaining("'b'")
			.withMessageNotContaining("ccc");
		assertThat(exchange.sent).isNull();
		assertThat(this.browser.text()).isEqualTo(text);
		this.node.request(this.browser, (session) -> assertThat(session.names()).containsExactly("small"));
	}

	@Test
	void anExactOperationThatIsTooLargeFailsWhereItIsCalled() {
		this.node.request(this.browser, (session) -> session.set("small", "s"));
		Exchange exchange = this.node.open(this.browser);
		assertThatExceptionOfType(SessionTooLargeException.class)
			.isThrownBy(() -> exchange.session().update("small", String.class, (value) -> "s".repeat(4_000)));
	}

	@Test
	void noUseMakesAFullSessionTooLarge() {
		this.node.request(this.browser, (session) -> session.set("value", new byte[2_800]));
		int length = this.browser.text().length();
		for (int i = 0; i < 20; i++) {
			this.clock.advance(Duration.ofMinutes(29));
			this.node.request(this.browser, (session) -> session.get("value", byte[].class));
			assertThat(this.browser.text()).hasSize(length);
		}
	}

	@Test
	void compressionMakesRoomWhereThereIsSomethingToCompress() {
		SealedNode compressing = SealedNode.compressing(this.clock);
		String text = "the same again and again, ".repeat(1_000);
		compressing.request(this.browser, (session) -> session.set("text", text));
		assertThat(this.browser.text()).hasSizeLessThan(500);
		compressing.request(this.browser, (session) -> assertThat(session.get("text", String.class)).isEqualTo(text));
		this.node.request(this.browser,
				(session) -> assertThat(session.get("text", String.class))
					.as("where compression was switched off again")
					.isEqualTo(text));
		byte[] noise = new byte[2_500];
		new Random(1).nextBytes(noise);
		Browser plain = new Browser();
		this.node.request(plain, (session) -> session.set("noise", noise));
		Browser tried = new Browser();
		compressing.request(tried, (session) -> session.set("noise", noise));
		assertThat(tried.text()).hasSameSizeAs(plain.text());
		byte[] more = new byte[1_000];
		new Random(2).nextBytes(more);
		assertThatExceptionOfType(SessionTooLargeException.class)
			.isThrownBy(() -> compressing.request(tried, (session) -> session.set("more", more)))
			.withMessageNotContaining("compression=true");
	}

	@Test
	void withoutCompressionALengthTellsTheLengthAlone() {
		for (String value : List.of("aaaaaaaaaaaaaaaa", "q8f2mvx0ay7w1zkp")) {
			Browser visitor = new Browser();
			this.node.request(visitor, (session) -> session.set("secret", value));
			assertThat(visitor.text())
				.hasSize(SealedFormat.textLength(90 + 2 + 1 + "secret".length() + 1 + 1 + value.length()));
		}
	}

	@Test
	void whatInflatesBeyondTheLimitIsNoSession() {
		SealedFormat format = SealedNode.format(SealedNode.ring(1), "shop", "session");
		this.node.request(this.browser, (session) -> session.set("a", 1));
		byte[] sound = opened(format, this.browser.text());
		byte[] header = Arrays.copyOf(sound, 90);
		header[1] |= 1;
		byte[] bomb = deflated(new byte[2_500_000]);
		assertThat(bomb).hasSizeLessThan(2_700);
		assertThat(reasonFor(format, join(header, bomb))).isEqualTo(InvalidCookie.Reason.MALFORMED);
		byte[] data = Arrays.copyOfRange(sound, 90, sound.length);
		byte[] compressed = deflated(data);
		assertThat(reasonFor(format, join(header, compressed))).as("the same, with what was there").isNull();
		assertThat(reasonFor(format, join(header, join(compressed, new byte[1])))).as("with something behind")
			.isEqualTo(InvalidCookie.Reason.MALFORMED);
		assertThat(reasonFor(format, join(header, Arrays.copyOf(compressed, compressed.length - 1))))
			.as("without its end")
			.isEqualTo(InvalidCookie.Reason.MALFORMED);
	}

	@Test
	void whateverIsUnderTheSealNothingIsThrown() {
		SealedFormat format = SealedNode.format(SealedNode.ring(1), "shop", "session");
		this.node.request(this.browser, (session) -> {
			session.set("a", 1);
			session.setPrincipal("alice");
		});
		byte[] sound = opened(format, this.browser.text());
		assertThat(reasonFor(format, sound)).isNull();
		for (int length = 0; length < 97; length++) {
			assertThat(reasonFor(format, Arrays.copyOf(sound, length))).as("%d bytes of it", length)
				.isEqualTo(InvalidCookie.Reason.MALFORMED);
		}
		Random random = new Random(1);
		for (int i = 0; i < 20_000; i++) {
			byte[] changed = sound.clone();
			for (int j = random.nextInt(4); j >= 0; j--) {
				changed[random.nextInt(changed.length)] = (byte) random.nextInt();
			}
			Browser forger = new Browser();
			forger.text = format.seal(changed);
			this.node.request(forger, (session) -> session.toMap());
		}
	}

	@Test
	void unknownFormatsAndFlagsAreNoSession() {
		SealedFormat format = SealedNode.format(SealedNode.ring(1), "shop", "session");
		this.node.request(this.browser, (session) -> session.set("a", 1));
		for (Map.Entry<Integer, Integer> change : Map.of(0, 0, 1, 8).entrySet()) {
			byte[] content = opened(format, this.browser.text());
			content[change.getKey()] = change.getValue().byteValue();
			assertThat(reasonFor(format, content)).isEqualTo(InvalidCookie.Reason.MALFORMED);
		}
		byte[] later = opened(format, this.browser.text());
		later[0] = 2;
		assertThat(reasonFor(format, later)).isEqualTo(InvalidCookie.Reason.MALFORMED);
	}

	private InvalidCookie.@Nullable Reason reasonFor(SealedFormat format, byte[] content) {
		Browser forger = new Browser();
		forger.text = format.seal(content);
		Exchange exchange = this.node.open(forger);
		return exchange.refused.isEmpty() ? null : exchange.refused.get(0);
	}

	private static byte[] opened(SealedFormat format, String text) {
		return ((SealedFormat.Result.Opened) format.open(text)).content();
	}

	private static byte[] deflated(byte[] data) {
		Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
		deflater.setInput(data);
		deflater.finish();
		byte[] target = new byte[data.length + 100];
		int length = deflater.deflate(target);
		deflater.end();
		return Arrays.copyOf(target, length);
	}

	private static byte[] join(byte[] one, byte[] other) {
		byte[] both = Arrays.copyOf(one, one.length + other.length);
		System.arraycopy(other, 0, both, one.length, other.length);
		return both;
	}

}
