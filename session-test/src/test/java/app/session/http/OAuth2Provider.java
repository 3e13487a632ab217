package app.session.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import org.springframework.util.MultiValueMap;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * A provider of logins, who lets everybody in: a code is good for one token, and if the
 * client asks for {@code openid}, the token comes with an id token that is signed.
 */
final class OAuth2Provider implements AutoCloseable {

	private final HttpServer server;

	private final RSAKey key;

	private final Map<String, String> nonces = new ConcurrentHashMap<>();

	private final AtomicInteger tokens = new AtomicInteger();

	OAuth2Provider() {
		try {
			this.key = new RSAKeyGenerator(2048).keyID("test").generate();
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
		this.server.createContext("/authorize", this::authorize);
		this.server.createContext("/token", this::token);
		this.server.createContext("/user", (exchange) -> answer(exchange, """
				{"sub":"joe","login":"joe","roles":["a","b"],"age":42}"""));
		this.server.createContext("/keys",
				(exchange) -> answer(exchange, new JWKSet(this.key.toPublicJWK()).toString()));
		this.server.start();
	}

	String url() {
		return "http://127.0.0.1:" + this.server.getAddress().getPort();
	}

	/** How many tokens it has given out. */
	int tokens() {
		return this.tokens.get();
	}

	private void authorize(HttpExchange exchange) throws IOException {
		MultiValueMap<String, String> query = UriComponentsBuilder.fromUri(exchange.getRequestURI())
			.build()
			.getQueryParams();
		String code = "code" + this.nonces.size();
		this.nonces.put(code, query.containsKey("nonce") ? query.getFirst("nonce") : "");
		String back = java.net.URLDecoder.decode(query.getFirst("redirect_uri"), StandardCharsets.UTF_8);
		exchange.getResponseHeaders().set("Location", back + "?code=" + code + "&state=" + query.getFirst("state"));
		exchange.sendResponseHeaders(302, -1);
		exchange.close();
	}

	private void token(HttpExchange exchange) throws IOException {
		String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
		String code = UriComponentsBuilder.fromUriString("?" + form).build().getQueryParams().getFirst("code");
		String nonce = this.nonces.remove(code);
		if (nonce == null) {
			exchange.sendResponseHeaders(400, -1);
			exchange.close();
			return;
		}
		String idToken = nonce.isEmpty() ? "" : ",\"id_token\":\"" + idToken(nonce) + "\"";
		answer(exchange, "{\"access_token\":\"access" + this.tokens.incrementAndGet()
				+ "\",\"token_type\":\"Bearer\",\"expires_in\":3600,\"refresh_token\":\"refresh\"" + idToken + "}");
	}

	private String idToken(String nonce) {
		Instant now = Instant.now();
		JWTClaimsSet claims = new JWTClaimsSet.Builder().issuer(url())
			.subject("joe")
			.audience("client")
			.issueTime(Date.from(now))
			.expirationTime(Date.from(now.plusSeconds(300)))
			.claim("nonce", java.net.URLDecoder.decode(nonce, StandardCharsets.UTF_8))
			.build();
		SignedJWT token = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("test").build(), claims);
		try {
			token.sign(new RSASSASigner(this.key));
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
		return token.serialize();
	}

	private static void answer(HttpExchange exchange, String json) throws IOException {
		byte[] body = json.getBytes(StandardCharsets.UTF_8);
		exchange.getResponseHeaders().set("Content-Type", "application/json");
		exchange.sendResponseHeaders(200, body.length);
		exchange.getResponseBody().write(body);
		exchange.close();
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

}
