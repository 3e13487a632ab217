package app.session.web;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.mock.web.MockHttpServletRequest;

import static org.assertj.core.api.Assertions.assertThat;

class TransportTests {

	private static MockHttpServletRequest plain(String serverName, String remoteAddress) {
		MockHttpServletRequest request = new MockHttpServletRequest();
		request.setServerName(serverName);
		request.setRemoteAddr(remoteAddress);
		return request;
	}

	private static Transport auto(MockHttpServletRequest request) {
		return Transport.of(request, SessionCookie.Secure.AUTO);
	}

	@ParameterizedTest
	@CsvSource({ "localhost, 127.0.0.1", "LocalHost, 127.0.0.1", "app.localhost, ::1", "127.0.0.1, 127.0.0.1",
			"127.1.2.3, 127.1.2.3", "::1, 0:0:0:0:0:0:0:1", "[::1], [::1]", "localhost, ::ffff:127.0.0.1" })
	void plainHttpWithinThisMachineIsPlain(String serverName, String remoteAddress) {
		assertThat(auto(plain(serverName, remoteAddress))).isEqualTo(Transport.PLAIN);
	}

	@ParameterizedTest
	@CsvSource({ "example.com, 127.0.0.1", "notlocalhost, 127.0.0.1", "localhost.example.com, 127.0.0.1",
			"127.0.0.1.example.com, 127.0.0.1", "127.evil, 127.0.0.1", "10.0.0.1, 10.0.0.1", "128.0.0.1, 127.0.0.1",
			"::2, ::1" })
	void plainHttpUnderAnotherNameIsNoTransport(String serverName, String remoteAddress) {
		assertThat(auto(plain(serverName, remoteAddress))).isEqualTo(Transport.NONE);
	}

	@ParameterizedTest
	@ValueSource(strings = { "203.0.113.7", "10.0.0.1", "172.17.0.1", "2001:db8::1" })
	void spoofedHostDoesNotMakeAConnectionFromElsewherePlain(String remoteAddress) {
		assertThat(auto(plain("localhost", remoteAddress))).isEqualTo(Transport.NONE);
	}

	@ParameterizedTest
	@ValueSource(strings = { "Forwarded", "X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "Via" })
	void traceOfAProxyIsNoLoopback(String header) {
		MockHttpServletRequest request = plain("localhost", "127.0.0.1");
		request.addHeader(header, "x");
		assertThat(auto(request)).isEqualTo(Transport.NONE);
	}

	@Test
	void secureRequestIsSecureUnderAnyName() {
		MockHttpServletRequest request = plain("localhost", "127.0.0.1");
		request.setSecure(true);
		assertThat(auto(request)).isEqualTo(Transport.SECURE);
	}

	@Test
	void settingDecidesWithoutTheRequest() {
		MockHttpServletRequest request = plain("example.com", "203.0.113.7");
		assertThat(Transport.of(request, SessionCookie.Secure.TRUE)).isEqualTo(Transport.SECURE);
		assertThat(Transport.of(request, SessionCookie.Secure.FALSE)).isEqualTo(Transport.PLAIN);
	}

}
