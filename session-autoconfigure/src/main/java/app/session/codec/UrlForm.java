package app.session.codec;

import java.io.IOException;
import java.net.InetAddress;
import java.net.MalformedURLException;
import java.net.Proxy;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.util.Locale;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.deser.std.FromStringDeserializer;
import tools.jackson.databind.ser.std.StdScalarSerializer;

/**
 * A {@link URL}, such as the issuer of an OpenID Connect token, as its text. One that was
 * read resolves no name when it is compared or put into a hash table, as the JDK's own
 * do: what somebody wrote into the store must not make this host ask for another. Only
 * {@code http} and {@code https}, since other protocols look for classes.
 */
final class UrlForm {

	private static final int MAX_LENGTH = 8192;

	private UrlForm() {
	}

	private static boolean isAllowed(String text) {
		String lower = text.substring(0, Math.min(text.length(), 8)).toLowerCase(Locale.ROOT);
		return text.length() <= MAX_LENGTH && (lower.startsWith("http://") || lower.equals("https://"));
	}

	static URL parse(String text) {
		if (!isAllowed(text)) {
			throw DeniedTypeException.because("an address in the value is not one of http or https");
		}
		try {
			URL url = new URL(null, text, new Handler(text.charAt(4) == ':' ? 80 : 443));
			if (url.toExternalForm().equals(text)) {
				return url;
			}
		}
		catch (MalformedURLException ex) {
			// Its message quotes the text.
		}
		throw DeniedTypeException.because("an address in the value is malformed");
	}

	/** Writes an address. */
	static final class Writer extends StdScalarSerializer<URL> {

		Writer() {
			super(URL.class);
		}

		@Override
		public void serialize(URL value, JsonGenerator generator, SerializationContext context) {
			generator.writeString(value.toExternalForm());
		}

	}

	/** Reads an address. */
	static final class Reader extends FromStringDeserializer<URL> {

		Reader() {
			super(URL.class);
		}

		@Override
		protected URL _deserialize(String value, DeserializationContext context) {
			return parse(value);
		}

		@Override
		protected Object _deserializeFromEmptyString(DeserializationContext context) {
			return parse("");
		}

	}

	/** The JDK's, but for the questions it asks a name server. */
	private static final class Handler extends URLStreamHandler {

		private final int defaultPort;

		Handler(int defaultPort) {
			this.defaultPort = defaultPort;
		}

		@Override
		protected @Nullable InetAddress getHostAddress(URL url) {
			return null;
		}

		@Override
		protected URLConnection openConnection(URL url) throws IOException {
			return new URL(url.toExternalForm()).openConnection();
		}

		@Override
		protected URLConnection openConnection(URL url, Proxy proxy) throws IOException {
			return new URL(url.toExternalForm()).openConnection(proxy);
		}

		@Override
		protected int getDefaultPort() {
			return this.defaultPort;
		}

	}

}
