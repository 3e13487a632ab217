package app.session.http;

import org.junit.jupiter.api.Test;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * HTTP basic, which needs no session, and the same kept in one.
 * <p>
 * After spring-security,
 * docs/modules/ROOT/pages/servlet/authentication/passwords/basic.adoc and
 * session-management.adoc ("Storing Stateless Authentication in the Session").
 */
class BasicFlowTests extends FlowTests {

	private static final String RIGHT = "Basic dXNlcjpwYXNzd29yZA==";

	private static final String WRONG = "Basic dXNlcjp3cm9uZw==";

	@Configuration(proxyBeanMethods = false)
	@Import(FlowUsers.class)
	static class Application {

		@Bean
		SecurityFilterChain kept(HttpSecurity http) {
			http.securityMatcher("/other");
			http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated());
			http.httpBasic((basic) -> basic.securityContextRepository(new HttpSessionSecurityContextRepository()));
			return http.build();
		}

		@Bean
		SecurityFilterChain alone(HttpSecurity http) {
			http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated());
			http.httpBasic(Customizer.withDefaults());
			return http.build();
		}

	}

	@Override
	Class<?> application() {
		return Application.class;
	}

	@Test
	void thePasswordComesWithEveryRequest() {
		assertThat(visitor().get("/").statusCode()).isEqualTo(401);
		assertThat(visitor().get("/", "Authorization", WRONG).statusCode()).isEqualTo(401);
		WebClient client = visitor();
		assertThat(client.get("/", "Authorization", RIGHT).body()).isEqualTo("Hello user");
		assertThat(client.sessionCookie()).isNull();
		assertThat(client.get("/").statusCode()).isEqualTo(401);
	}

	@Test
	void keptInTheSessionItIsNeededOnce() {
		WebClient client = visitor();
		assertThat(client.get("/other").statusCode()).isEqualTo(401);
		assertThat(client.get("/other", "Authorization", RIGHT).body()).startsWith("Other of user");
		assertThat(elsewhere(client).get("/other").body()).startsWith("Other of user");
		assertPrincipal(client, "user");
		assertThat(client.get("/since").body()).isEqualTo("known");
		String cookie = client.sessionCookie();
		assertThat(client.get("/other", "Authorization", RIGHT).statusCode()).isEqualTo(200);
		assertHome(client, "user");
		assertThat(sessions().findByPrincipal("user")).hasSize(1);
		assertThat(cookie).isNotNull();
		sessions().revokeAll("user");
		assertThat(client.get("/other").statusCode()).isEqualTo(401);
	}

}
