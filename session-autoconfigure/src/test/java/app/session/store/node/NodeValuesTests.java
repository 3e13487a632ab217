package app.session.store.node;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import app.session.core.TokenFormat;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What attributes of ours become in Node's records, and that they come back.
 */
class NodeValuesTests extends NodeFixture {

	/** An object of ours. */
	record Cart(List<String> items, int total) {
	}

	@ParameterizedTest
	@ValueSource(strings = { "_x", "_expire", "_maxAge", "_session", "cookie", "length", "populated", "maxAge",
			"externalKey", "isNew", "save", "toJSON", "inspect", "id", "req", "destroy", "reload", "__proto__",
			"constructor", "toString", "hasOwnProperty", "$session" })
	void anAttributeOfANameThatNodeWouldLoseComesBack(String name) {
		for (TokenFormat format : List.of(this.koa, this.express)) {
			Visitor visitor = new Visitor();
			request(format, visitor, (session) -> {
				session.set(name, "value");
				session.set("other", "b");
			});
			request(format, visitor, (session) -> {
				assertThat(session.get(name, String.class)).isEqualTo("value");
				assertThat(session.names()).containsExactlyInAnyOrder(name, "other");
				session.set(name, "changed");
			});
			request(format, visitor, (session) -> {
				assertThat(session.toMap()).isEqualTo(Map.of(name, "changed", "other", "b"));
				session.remove(name);
			});
			request(format, visitor, (session) -> {
				assertThat(session.names()).containsExactly("other");
				session.invalidate();
			});
		}
	}

	@Test
	void aNameThatNodeWouldLoseIsInOurPartAlone() {
		request(this.koa, new Visitor(), (session) -> {
			session.set("_x", "a");
			session.set("length", "b");
		});
		assertThat(this.texts.text(this.texts.keys().get(0)))
			.startsWith("{\"$session\":{\"attributes\":{\"_x\":\"a\",\"length\":\"b\"}},\"_expire\":");
	}

	@Test
	void whatNodeWritesUnderANameOfItsOwnIsNoAttributeAndStays() {
		Visitor visitor = expressVisitor(
				"{\"cookie\":{\"originalMaxAge\":86400000,\"expires\":\"" + this.now.get().plus(DAY)
						+ "\",\"secure\":true,\"sameSite\":\"strict\",\"domain\":\"example.org\"},\"a\":\"b\"}");
		request(this.express, visitor, (session) -> {
			assertThat(session.names()).containsExactly("a");
			session.set("c", "d");
		});
		assertThat(only().path("cookie").path("secure").asBoolean()).isTrue();
		assertThat(only().path("cookie").path("sameSite").asString()).isEqualTo("strict");
		assertThat(only().path("cookie").path("domain").asString()).isEqualTo("example.org");
	}

	@Test
	void typesThatJsonDoesNotTellComeBack() {
		byte[] bytes = { 0, 1, -1, 127, -128 };
		for (TokenFormat format : List.of(this.koa, this.express)) {
			Visitor visitor = new Visitor();
			request(format, visitor, (session) -> {
				session.set("bytes", bytes);
				session.set("cart", new Cart(List.of("ä", "b"), 7));
				session.set("long", Long.MAX_VALUE);
				session.set("int", 5);
				session.set("char", 'x');
				session.set("when", Instant.EPOCH);
			});
			// Node reads it and writes it again, as JSON.
			String key = this.texts.keys().get(0);
			this.texts.put(key, only().toString(), DAY);
			request(format, visitor, (session) -> {
				assertThat(session.get("bytes", byte[].class)).isEqualTo(bytes);
				assertThat(session.get("cart", Cart.class)).isEqualTo(new Cart(List.of("ä", "b"), 7));
				assertThat(session.get("long", Long.class)).isEqualTo(Long.MAX_VALUE);
				assertThat(session.get("int", Object.class)).isEqualTo(5);
				assertThat(session.get("char", Object.class)).isEqualTo('x');
				assertThat(session.get("when", Instant.class)).isEqualTo(Instant.EPOCH);
				session.invalidate();
			});
		}
	}

	@Test
	void ourPartIsNoAttributeAndIsThereOnlyIfItIsNeeded() {
		Visitor visitor = new Visitor();
		request(this.koa, visitor, (session) -> session.set("n", "text"));
		assertThat(only().propertyNames()).containsExactly("n", "_expire", "_maxAge");
		request(this.koa, visitor, (session) -> session.setPrincipal("alice"));
		assertThat(only().path("$session").path("principal").asString()).isEqualTo("alice");
		assertThat(only().path("$session").path("created").asLong()).isEqualTo(this.now.get().toEpochMilli());
		request(this.koa, visitor, (session) -> {
			assertThat(session.names()).doesNotContain("$session");
			assertThat(session.toMap()).doesNotContainKey("$session");
			assertThat(session.getPrincipal()).isEqualTo("alice");
			assertThat(session.getAuthenticationTime()).isEqualTo(this.now.get());
			session.clear();
			session.set("n", "text");
		});
		request(this.koa, visitor, (session) -> assertThat(session.getPrincipal()).isEqualTo("alice"));
	}

	@Test
	void aLoginChangesTheIdAndKeepsTheAttributes() {
		Visitor visitor = koaVisitor(koaJson("\"views\":5"));
		request(this.koa, visitor, (session) -> session.setPrincipal("alice"));
		assertThat(this.texts.keys()).hasSize(1).doesNotContain(UUID);
		request(this.koa, visitor, (session) -> assertThat(session.increment("views")).isEqualTo(6));
	}

	/** JSON of Node's that looks like our part is not trusted further than a session. */
	@Test
	void aTypeThatNodeHasMadeWrongIsWithoutEffect() {
		Visitor visitor = koaVisitor(koaJson("\"a\":\"text\",\"$session\":{\"types\":{\"a\":\"int\",\"b\":\"int\"}}"));
		request(this.koa, visitor, (session) -> assertThat(session.get("a", String.class)).isEqualTo("text"));
	}

	@Test
	void aTimeoutAndACookieOfTheSessionsOwnComeBack() {
		for (TokenFormat format : List.of(this.koa, this.express)) {
			Visitor visitor = new Visitor();
			request(format, visitor, (session) -> {
				session.setTimeout(Duration.ofMinutes(5));
				session.setCookieMaxAge(Duration.ofDays(3));
				session.set("n", "text");
			});
			request(format, visitor, (session) -> {
				assertThat(session.getTimeout()).isEqualTo(Duration.ofMinutes(5));
				assertThat(session.getCookieMaxAge()).isEqualTo(Duration.ofDays(3));
				session.invalidate();
			});
		}
	}

}
