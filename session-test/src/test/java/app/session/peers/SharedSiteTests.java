package app.session.peers;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

import app.session.http.WebClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two applications serve one site with one session: one in Node, and another beside it.
 */
@TestInstance(Lifecycle.PER_CLASS)
abstract class SharedSiteTests {

	private static final Map<String, String> SETTINGS = Map.of("KEYS", "a key");

	private Site node;

	private Site other;

	/** Starts the application in Node. */
	abstract Site startNode(Map<String, String> settings);

	/** Starts the application that is to share its sessions. */
	abstract Site startOther(Map<String, String> settings);

	/** The name of the cookie that has the id. */
	abstract String cookie();

	@BeforeAll
	void start() {
		this.node = startNode(SETTINGS);
		this.other = startOther(SETTINGS);
	}

	@AfterAll
	void stop() {
		this.other.close();
		this.node.close();
	}

	/** A side of the site. */
	enum Side {

		NODE {
			@Override
			Side opposite() {
				return OTHER;
			}
		},

		OTHER {
			@Override
			Side opposite() {
				return NODE;
			}
		};

		abstract Side opposite();

	}

	/** A visitor who was never here. */
	WebClient visitor() {
		return NodeApp.visitor(this.node);
	}

	/** The same visitor, on a side. */
	WebClient on(Side side, WebClient visitor) {
		return visitor.at(((side == Side.NODE) ? this.node : this.other).uri());
	}

	String page(Side side, WebClient visitor, String path) {
		return Pages.page(on(side, visitor), path);
	}

	/** The same visits, one after the other, in both applications. */
	static void assertCounts(Site node, Site other, WebClient visitor, int from, int to) {
		Random sides = new Random(from);
		for (int n = from; n <= to; n++) {
			Site side = sides.nextBoolean() ? node : other;
			assertThat(Pages.page(visitor.at(side.uri()), "/")).isEqualTo(Pages.views(n));
		}
	}

	/** A visitor with these cookies, and with another session from then on. */
	void assertStranger(Side side, Map<String, String> cookies) {
		WebClient stranger = visitor();
		stranger.cookies().putAll(cookies);
		assertThat(page(side, stranger, "/")).isEqualTo(Pages.views(1));
		assertThat(stranger.cookies().get(cookie())).isNotNull().isNotEqualTo(cookies.get(cookie()));
	}

	@ParameterizedTest
	@EnumSource
	void viewsAreCountedInExactOrderWhereverTheSessionBegins(Side begin) {
		WebClient visitor = visitor();
		assertThat(page(begin, visitor, "/")).isEqualTo(Pages.views(1));
		assertThat(page(begin.opposite(), visitor, "/")).isEqualTo(Pages.views(2));
		assertThat(page(begin, visitor, "/")).isEqualTo(Pages.views(3));
		assertCounts(this.node, this.other, visitor, 4, 40);
	}

	@ParameterizedTest
	@EnumSource
	void aLogoutOnOneSideEndsTheSessionOnBoth(Side side) {
		WebClient visitor = visitor();
		assertCounts(this.node, this.other, visitor, 1, 6);
		Map<String, String> cookies = Map.copyOf(visitor.cookies());
		page(side, visitor, "/logout");
		assertStranger(side, cookies);
		assertStranger(side.opposite(), cookies);
		assertThat(page(side.opposite(), visitor, "/")).isEqualTo(Pages.views(1));
		assertThat(page(side, visitor, "/")).isEqualTo(Pages.views(2));
	}

	@ParameterizedTest
	@EnumSource
	void aLoginOnOneSideEndsTheOldIdOnBoth(Side side) {
		WebClient visitor = visitor();
		assertCounts(this.node, this.other, visitor, 1, 6);
		Map<String, String> cookies = Map.copyOf(visitor.cookies());
		page(side, visitor, "/login?user=alice");
		assertThat(page(side.opposite(), visitor, "/get?name=user")).isEqualTo("\"alice\"");
		assertStranger(side, cookies);
		assertStranger(side.opposite(), cookies);
	}

	@ParameterizedTest
	@EnumSource
	void valuesOfAllKindsComeThrough(Side from) {
		WebClient visitor = visitor();
		Pages.setAll(on(from, visitor));
		Pages.assertAll(on(from.opposite(), visitor));
	}

	@ParameterizedTest
	@EnumSource
	void theCounterOfOneSideLeavesTheAttributesOfTheOther(Side from) {
		WebClient visitor = visitor();
		Pages.setAll(on(from, visitor));
		for (int n = 1; n <= 3; n++) {
			assertThat(page(from.opposite(), visitor, "/")).isEqualTo(Pages.views(n));
		}
		Pages.assertAll(on(from, visitor));
		assertThat(page(from, visitor, "/get?name=views")).isEqualTo("3");
	}

	@ParameterizedTest
	@EnumSource
	void anAttributeThatOneSideRemovesIsGoneOnTheOther(Side side) {
		WebClient visitor = visitor();
		page(side.opposite(), visitor, "/set?name=color&value=%22blue%22");
		page(side, visitor, "/");
		page(side, visitor, "/remove?name=color");
		assertThat(page(side.opposite(), visitor, "/json")).isEqualTo("{\"views\":1}");
	}

	@ParameterizedTest
	@EnumSource
	void aSignatureThatIsNotOursIsAStrangersOnBoth(Side side) {
		WebClient visitor = visitor();
		page(side, visitor, "/");
		Map<String, String> cookies = new LinkedHashMap<>(visitor.cookies());
		cookies.replaceAll((name, value) -> value + "x");
		assertStranger(side, cookies);
		assertStranger(side.opposite(), cookies);
	}

	/** Both take both keys, and one signs with the new one already. */
	@ParameterizedTest
	@EnumSource
	void aKeyRotationOnOneSideLosesNothing(Side rotated) {
		Map<String, String> before = Map.of("KEYS", "old key,new key");
		Map<String, String> after = Map.of("KEYS", "new key,old key");
		try (Site node = startNode((rotated == Side.NODE) ? after : before);
				Site other = startOther((rotated == Side.NODE) ? before : after)) {
			assertCounts(node, other, NodeApp.visitor(node), 1, 20);
		}
	}

	/** A key that only the one side has is no key on the other. */
	@Test
	void aKeyThatIsGoneIsAStrangersOnBoth() {
		try (Site node = startNode(Map.of("KEYS", "new key")); Site other = startOther(Map.of("KEYS", "new key"))) {
			WebClient visitor = visitor();
			page(Side.NODE, visitor, "/");
			Map<String, String> cookies = Map.copyOf(visitor.cookies());
			for (Site site : new Site[] { node, other }) {
				visitor.cookies().putAll(cookies);
				assertThat(Pages.page(visitor.at(site.uri()), "/")).isEqualTo(Pages.views(1));
			}
		}
	}

}
