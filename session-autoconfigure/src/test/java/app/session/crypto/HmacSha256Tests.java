package app.session.crypto;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Security;
import java.security.spec.AlgorithmParameterSpec;
import java.util.HexFormat;

import javax.crypto.Mac;
import javax.crypto.MacSpi;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class HmacSha256Tests {

	// RFC 4231, 4.3
	private static final byte[] KEY = "Jefe".getBytes(StandardCharsets.US_ASCII);

	private static final byte[] MESSAGE = "what do ya want for nothing?".getBytes(StandardCharsets.US_ASCII);

	private static final String CODE = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";

	@Test
	void computesTheCodeOfBeginningAndPart() {
		byte[] beginning = "what do ".getBytes(StandardCharsets.US_ASCII);
		HmacSha256 hmac = new HmacSha256(KEY, beginning);
		for (int i = 0; i < 3; i++) {
			assertThat(HexFormat.of().formatHex(hmac.compute(MESSAGE, 8, MESSAGE.length - 8))).isEqualTo(CODE);
		}
	}

	@Test
	void worksWithAProviderWhoseCodesCannotBeCopied() {
		Provider provider = new UncopyableProvider();
		Security.insertProviderAt(provider, 1);
		try {
			HmacSha256 hmac = new HmacSha256(KEY, new byte[0]);
			int made = UncopyableMac.made;
			for (int i = 0; i < 3; i++) {
				assertThat(HexFormat.of().formatHex(hmac.compute(MESSAGE, 0, MESSAGE.length))).isEqualTo(CODE);
			}
			assertThat(UncopyableMac.made).isEqualTo(made + 3);
		}
		finally {
			Security.removeProvider(provider.getName());
		}
	}

	private static final class UncopyableProvider extends Provider {

		private static final long serialVersionUID = 1L;

		UncopyableProvider() {
			super("Uncopyable", "1", "a provider whose codes cannot be copied");
			put("Mac." + HmacSha256.ALGORITHM, UncopyableMac.class.getName());
		}

	}

	/**
	 * HMAC-SHA256 of the JDK, not {@link Cloneable}.
	 */
	public static final class UncopyableMac extends MacSpi {

		private static int made;

		private final Mac mac;

		/**
		 * Called by the provider.
		 * @throws NoSuchAlgorithmException never
		 */
		public UncopyableMac() throws NoSuchAlgorithmException {
			made++;
			this.mac = Mac.getInstance(HmacSha256.ALGORITHM, Security.getProvider("SunJCE"));
		}

		@Override
		protected int engineGetMacLength() {
			return this.mac.getMacLength();
		}

		@Override
		protected void engineInit(Key key, AlgorithmParameterSpec params) throws InvalidKeyException {
			this.mac.init(key);
		}

		@Override
		protected void engineUpdate(byte input) {
			this.mac.update(input);
		}

		@Override
		protected void engineUpdate(byte[] input, int offset, int length) {
			this.mac.update(input, offset, length);
		}

		@Override
		protected byte[] engineDoFinal() {
			return this.mac.doFinal();
		}

		@Override
		protected void engineReset() {
			this.mac.reset();
		}

	}

}
