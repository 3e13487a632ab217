package app.session.peers;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import app.session.SessionEvent;
import app.session.http.Browser;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What express-session's tests expect of changes and of the calls to the store that they
 * cost, as far as it carries over.
 */
abstract class ExpressChangeHttpTests extends PeerHttpTests {

	ExpressChangeHttpTests(List<String> store) {
		super(store);
	}

	/** What a request costs, and whether it sends the cookie. */
	private static void costs(PeerServer server, Browser browser, String path, int cookies, String... calls) {
		HttpResponse<String> response = browser.get(path);
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(server.calls()).containsExactly(calls);
		assertThat(Browser.setCookies(response)).hasSize(cookies);
	}

	@Test
	@Expectation({ "c.34", "c.35" })
	void onlyARollingCookieIsSentAgainAndNeverToWhoHasNoSession() {
		costs(server(), known(), "/whole", 0, "find");
		try (PeerServer rolling = another("app.session.cookie.rolling=true")) {
			costs(rolling, rolling.known(), "/whole", 1, "find");
			costs(rolling, rolling.visitor(), "/nothing", 0);
			costs(rolling, rolling.visitor(), "/whole", 0);
			costs(rolling, rolling.visitor(), "/set/a/b", 1, "create");
		}
	}

	@Test
	@Expectation({ "c.36", "X8" })
	void whatWasNotChangedIsNotWritten() {
		Browser visitor = known();
		costs(server(), visitor, "/nothing", 0);
		costs(server(), visitor, "/unused", 0);
		costs(server(), visitor, "/whole", 0, "find");
		costs(server(), visitor, "/set-what-it-is", 0, "find");
		costs(server(), visitor, "/set/known/no", 0, "find", "update");
	}

	@Test
	@Expectation("c.37")
	void aNestedValueNamedCookieThatIsChangedInPlaceIsSaved() {
		Browser visitor = known();
		visitor.get("/nested-cookie/first");
		calls();
		costs(server(), visitor, "/nested-cookie/second", 0, "find", "update");
		costs(server(), visitor, "/nested-cookie/second", 0, "find");
		assertThat(visitor.get("/whole").body()).contains("nested={cookie=second}");
	}

	@Test
	@Expectation({ "c.38", "X20", "K22" })
	void whoLeavesTheSessionAloneGetsNeitherAnEntryNorACookie() {
		long before = sessions().count();
		for (String path : List.of("/nothing", "/unused", "/whole", "/new", "/handle", "/clear")) {
			costs(server(), visitor(), path, 0);
		}
		assertThat(sessions().count()).isEqualTo(before);
		costs(server(), visitor(), "/set/a/b", 1, "create");
	}

	@Test
	@Expectation({ "c.39", "X4" })
	void aWriteThatFailsIsAnsweredWithAnErrorAndNotWith200() {
		Browser visitor = known();
		server().store().fail("create", "update", "delete");
		for (String path : List.of("/set/a/b", "/count", "/save", "/logout", "/login/alice")) {
			HttpResponse<String> response = visitor.get(path);
			assertThat(response.statusCode()).as(path).isEqualTo(503);
			assertThat(Browser.setCookies(response)).as(path).isEmpty();
		}
		HttpResponse<String> response = visitor().get("/set/a/b");
		assertThat(response.statusCode()).isEqualTo(503);
		assertThat(Browser.setCookies(response)).isEmpty();
		server().store().fail();
		assertThat(visitor.get("/whole").body()).isEqualTo("null {known=yes}");
	}

	@Test
	@Expectation("c.39")
	void aUseThatCanNotBeWrittenDownIsNoFaultOfTheRequest() {
		try (PeerServer exact = another("app.session.touch-fraction=0")) {
			Browser visitor = exact.known();
			exact.store().fail("touch");
			assertThat(visitor.get("/nothing").statusCode()).isEqualTo(200);
			await().atMost(LIMIT).until(() -> exact.calls().contains("touch"));
		}
	}

	@Test
	@Expectation({ "c.40", "K36" })
	void theUseOfASessionIsWrittenDownAndThatOfNoneIsNot() {
		try (PeerServer exact = another("app.session.touch-fraction=0")) {
			Browser visitor = exact.known();
			assertThat(visitor.get("/nothing").statusCode()).isEqualTo(200);
			List<String> calls = new ArrayList<>();
			await().atMost(LIMIT).until(() -> calls.addAll(exact.calls()));
			assertThat(calls).containsExactly("touch");
			costs(exact, visitor, "/whole", 0, "findAndTouch");
			costs(exact, exact.visitor(), "/whole", 0);
			costs(exact, exact.visitor(), "/nothing", 0);
		}
	}

	@Test
	@Expectation({ "c.42", "X10" })
	void whoEndsASessionThatIsNotThereLeavesNothing() {
		costs(server(), visitor(), "/logout", 0);
		Browser visitor = known();
		costs(server(), visitor.twin(), "/logout", 1, "find", "delete");
		assertThat(visitor.get("/whole").body()).isEqualTo(NOTHING);
	}

	@Test
	@Expectation({ "c.43", "X9" })
	void anEndedSessionIsGoneForTheRequestTheStoreAndTheBrowser() {
		Browser visitor = known();
		HttpResponse<String> response = visitor.get("/logout");
		assertThat(response.body()).isEqualTo("{}");
		assertThat(Browser.setCookies(response)).singleElement()
			.asString()
			.startsWith("session=; ")
			.contains("Max-Age=0");
	}

	@Test
	@Expectation("c.44")
	void aResetIsAnotherIdWithoutTheDataAndTheOldEntryIsGone() {
		Browser visitor = known();
		Browser old = visitor.twin();
		String handle = visitor.get("/handle").body();
		HttpResponse<String> response = visitor.get("/reset");
		assertThat(response.body()).isEqualTo("{after=reset}");
		assertThat(Browser.setCookies(response)).hasSize(1);
		assertThat(visitor.cookie()).isNotEqualTo(old.cookie());
		assertThat(sessions().find(handle)).isEmpty();
		assertThat(old.get("/whole").body()).isEqualTo(NOTHING);
		assertThat(visitor.get("/whole").body()).isEqualTo("null {after=reset}");
	}

	@Test
	@Expectation("c.45")
	void anUpdateSeesWhatAnotherRequestHasStoredMeanwhile() {
		Browser visitor = known();
		CompletableFuture<HttpResponse<String>> first = visitor.twin().send("/wait/reload/see/known");
		server().gates().awaitArrival("reload");
		visitor.get("/set/known/newer");
		server().gates().open("reload");
		assertThat(Browser.await(first).body()).isEqualTo("yes yes newer");
	}

	@Test
	@Expectation("c.45")
	void anUpdateOfASessionThatHasEndedMeanwhileFindsNothingAndSaysSo() {
		Browser visitor = known();
		CompletableFuture<HttpResponse<String>> first = visitor.twin().send("/wait/vanish/set/late/yes");
		server().gates().awaitArrival("vanish");
		assertThat(sessions().revoke(visitor.get("/handle").body())).isTrue();
		server().events();
		server().gates().open("vanish");
		assertThat(Browser.setCookies(Browser.await(first))).isEmpty();
		assertThat(server().events()).filteredOn(SessionEvent.ChangesDropped.class::isInstance)
			.singleElement()
			.extracting("reason")
			.isEqualTo(SessionEvent.ChangesDropped.Reason.SESSION_ENDED);
		assertThat(visitor.get("/whole").body()).isEqualTo(NOTHING);
	}

	@Test
	@Expectation({ "c.46", "K15" })
	void whatWasSavedByHandIsNotSavedAgainAtTheEnd() {
		costs(server(), visitor(), "/save", 1, "create");
		costs(server(), known(), "/save", 0, "find", "update");
		costs(server(), known(), "/save-twice", 0, "find", "update", "update");
		costs(server(), known(), "/change-id-and-save", 1, "find", "update");
	}

	@Test
	@Expectation("c.48")
	void theCookieIsSentAgainForAChangeOnlyIfItsEndMovesWithIt() {
		Browser visitor = known();
		costs(server(), visitor, "/set/a/b", 0, "find", "update");
		costs(server(), visitor, "/whole", 0, "find");
		try (PeerServer rolling = another("app.session.cookie.rolling=true", "app.session.cookie.max-age=1h")) {
			costs(rolling, rolling.known(), "/set/a/b", 1, "find", "update");
		}
	}

}
