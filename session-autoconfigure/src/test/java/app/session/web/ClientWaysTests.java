package app.session.web;

import java.util.Arrays;
import java.util.stream.Stream;

import app.session.SessionEvent.InvalidCookie;
import app.session.SessionEvent.InvalidCookie.Reason;
import app.session.crypto.SessionId;
import jakarta.servlet.http.Cookie;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.mock.web.MockHttpServletRequest;

import static org.assertj.core.api.Assertions.assertThat;

class ClientWaysTests {

	private final WebFixture fixture = new WebFixture();

	private final SessionId id = this.fixture.ids.newId();

	private @Nullable SessionId read(Transport transport, Cookie... cookies) {
		MockHttpServletRequest request = new MockHttpServletRequest();
		request.setCookies(cookies);
		SessionWeb web = this.fixture.web(SessionCookie.DEFAULTS);
		return web.ways().read(request, web.ways().of(request), transport, web.events()).id();
	}

	private Cookie cookie(SessionId id) {
		return new Cookie("session", this.fixture.format.write(id));
	}

	private String forged() {
		String value = this.fixture.format.write(this.fixture.ids.newId());
		return value.substring(0, value.length() - 1) + (value.endsWith("A") ? "B" : "A");
	}

	@Test
	void validCookieIsRead() {
		assertThat(read(Transport.PLAIN, new Cookie("other", "x"), cookie(this.id))).isEqualTo(this.id);
		assertThat(this.fixture.events).isEmpty();
	}

	@Test
	void onlyThePrefixedNameIsLookedAtOnASecureConnection() {
		assertThat(read(Transport.SECURE, cookie(this.id))).isNull();
		assertThat(this.fixture.events).isEmpty();
		assertThat(read(Transport.SECURE, new Cookie("__Host-session", this.fixture.format.write(this.id)),
				cookie(this.fixture.ids.newId())))
			.isEqualTo(this.id);
	}

	@Test
	void nothingIsReadWhereNoCookieMayGo() {
		assertThat(read(Transport.NONE, cookie(this.id))).isNull();
	}

	@Test
	void brokenCookieIsNoSessionAndAnEvent() {
		assertThat(read(Transport.PLAIN, new Cookie("session", "x"))).isNull();
		assertThat(read(Transport.PLAIN, new Cookie("session", ""))).isNull();
		assertThat(read(Transport.PLAIN, new Cookie("session", forged()))).isNull();
		assertThat(this.fixture.events).containsExactly(new InvalidCookie(Reason.MALFORMED),
				new InvalidCookie(Reason.MALFORMED), new InvalidCookie(Reason.BAD_SIGNATURE));
	}

	@Test
	void sameCookieTwiceIsOne() {
		assertThat(read(Transport.PLAIN, cookie(this.id), cookie(this.id))).isEqualTo(this.id);
		assertThat(this.fixture.events).isEmpty();
	}

	@Test
	void cookiesOfDifferentSessionsAreAmbiguous() {
		assertThat(read(Transport.PLAIN, cookie(this.id), cookie(this.fixture.ids.newId()))).isNull();
		assertThat(this.fixture.events).containsExactly(new InvalidCookie(Reason.AMBIGUOUS));
	}

	@Test
	void forgedCookieNextToAGenuineOneIsNoDoubtAboutIt() {
		assertThat(read(Transport.PLAIN, new Cookie("session", forged()), cookie(this.id))).isEqualTo(this.id);
		assertThat(read(Transport.PLAIN, cookie(this.id), new Cookie("session", forged()))).isEqualTo(this.id);
		assertThat(this.fixture.events).containsExactly(new InvalidCookie(Reason.BAD_SIGNATURE),
				new InvalidCookie(Reason.BAD_SIGNATURE));
	}

	@Test
	void moreThanFourAreNotVerified() {
		Cookie[] forged = Stream.generate(() -> new Cookie("session", forged())).limit(3).toArray(Cookie[]::new);
		Cookie[] four = Arrays.copyOf(forged, 4);
		four[3] = cookie(this.id);
		assertThat(read(Transport.PLAIN, four)).isEqualTo(this.id);
		this.fixture.events.clear();
		Cookie[] five = Arrays.copyOf(four, 5);
		five[4] = new Cookie("session", forged());
		assertThat(read(Transport.PLAIN, five)).isNull();
		assertThat(this.fixture.events).containsExactly(new InvalidCookie(Reason.AMBIGUOUS));
	}

}
