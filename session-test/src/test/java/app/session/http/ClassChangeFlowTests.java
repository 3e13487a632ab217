package app.session.http;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import app.session.SessionKey;
import app.session.SessionRecord;
import app.session.SessionRepository;
import app.session.WriterTag;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.web.SecurityFilterChain;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A session from before a deploy, whose user is of a class that is not what it was: whom
 * nobody can read is not logged in, and can log in again.
 * <p>
 * After spring-security-samples,
 * servlet/spring-boot/java/authentication/username-password/user-details-service/custom-user,
 * as it would be after its next release.
 */
class ClassChangeFlowTests extends FlowTests {

	/** The application's user, as it is now. */
	static final class Member implements UserDetails {

		private static final long serialVersionUID = 1L;

		private final String name;

		private final Integer number;

		@JsonCreator
		Member(@JsonProperty(value = "name", required = true) String name,
				@JsonProperty(value = "number", required = true) Integer number) {
			this.name = name;
			this.number = number;
		}

		public String getName() {
			return this.name;
		}

		public Integer getNumber() {
			return this.number;
		}

		@Override
		public List<? extends GrantedAuthority> getAuthorities() {
			return List.of(new SimpleGrantedAuthority("ROLE_USER"));
		}

		@Override
		public String getUsername() {
			return this.name;
		}

		@Override
		public String getPassword() {
			return "{noop}password";
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Application {

		@Bean
		UserDetailsService users() {
			return (name) -> new Member(name, 12345);
		}

		@Bean
		SecurityFilterChain chain(HttpSecurity http) {
			http.authorizeHttpRequests((requests) -> requests.requestMatchers("/note/**", "/note")
				.permitAll()
				.anyRequest()
				.authenticated());
			http.formLogin(Customizer.withDefaults());
			return http.build();
		}

	}

	@Override
	Class<?> application() {
		return Application.class;
	}

	/** Writes what an application wrote whose classes are others, of the same length. */
	private void rewrite(String user, String before, String after) {
		SessionRepository repository = nodes().bean(0, SessionRepository.class);
		SessionKey key = SessionKey.parse(sessions().findByPrincipal(user).get(0).handle());
		SessionRecord record = repository.find(key);
		String data = new String(record.data(), StandardCharsets.ISO_8859_1);
		assertThat(data).contains(before);
		assertThat(after).hasSameSizeAs(before);
		byte[] changed = data.replace(before, after).getBytes(StandardCharsets.ISO_8859_1);
		WriterTag writer = new WriterTag(System.nanoTime());
		assertThat(repository
			.update(record.next(writer, record.secretHash(), record.idleTimeout(), record.principal(), changed)))
			.isTrue();
	}

	@Test
	void whatIsNotChangedIsRead() {
		WebClient client = loggedIn("anna");
		rewrite("anna", "\"number\":12345", "\"number\":54321");
		assertHome(client, "anna");
	}

	@ParameterizedTest
	@CsvSource({ "ClassChangeFlowTests$Member, ClassChangeFlowTests$Gone__",
			"org.springframework.security.core.authority.FactorGrantedAuthority, "
					+ "org.springframework.security.core.authority.VanishedAuthority_____",
			"SecurityContextImpl, SecurityContextGone",
			"UsernamePasswordAuthenticationToken, " + "UsernamePasswordAuthenticationOther",
			"'\"number\":12345', '\"number\":\"abc\"'", "'\"number\":12345', '\"digits\":12345'" })
	void whoCantBeReadIsNotLoggedInAndLogsInAgain(String before, String after) {
		String user = "user" + System.nanoTime();
		WebClient client = loggedIn(user);
		client.get("/note/kept");
		rewrite(user, before, after);
		WebClient other = elsewhere(client);
		assertAtTheDoor(client);
		assertThat(other.get("/note").body()).isEqualTo("kept");
		assertThat(client.get("/note").body()).isEqualTo("kept");
		assertRedirect(client.login(user, "password"), "/?continue");
		assertHome(client, user);
		assertPrincipal(client, user);
		assertThat(elsewhere(client).get("/note").body()).isEqualTo("kept");
	}

	@Test
	void whoCantBeReadLogsOut() {
		WebClient client = loggedIn("berta");
		rewrite("berta", "ClassChangeFlowTests$Member", "ClassChangeFlowTests$Gone__");
		String token = WebClient.token(client.get("/login"));
		assertRedirect(client.post("/logout", Map.of("_csrf", token)), "/login?logout");
		assertThat(sessions().findByPrincipal("berta")).isEmpty();
	}

}
