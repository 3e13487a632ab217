package app.session.http;

import java.util.Collection;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.junit.jupiter.api.Test;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A user that is a class of the application's own. Other than in the sample, its subclass
 * says how it is made from JSON too.
 * <p>
 * After spring-security-samples,
 * servlet/spring-boot/java/authentication/username-password/user-details-service/custom-user.
 */
class CustomUserFlowTests extends FlowTests {

	/** What the application knows of a user. */
	static class CustomUser {

		private final long id;

		private final String email;

		@JsonIgnore
		private final String password;

		@JsonCreator
		CustomUser(@JsonProperty("id") long id, @JsonProperty("email") String email,
				@JsonProperty("password") String password) {
			this.id = id;
			this.email = email;
			this.password = password;
		}

		public long getId() {
			return this.id;
		}

		public String getEmail() {
			return this.email;
		}

		public String getPassword() {
			return this.password;
		}

	}

	/** The same for Spring Security. */
	static final class CustomUserDetails extends CustomUser implements UserDetails {

		private static final long serialVersionUID = 1L;

		@JsonCreator
		CustomUserDetails(@JsonProperty("id") long id, @JsonProperty("email") String email,
				@JsonProperty("password") String password) {
			super(id, email, password);
		}

		@Override
		public Collection<? extends GrantedAuthority> getAuthorities() {
			return AuthorityUtils.createAuthorityList("ROLE_USER");
		}

		@Override
		public String getUsername() {
			return getEmail();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import(UserPage.class)
	static class Application {

		@Bean
		UserDetailsService users() {
			Map<String, CustomUser> users = Map.of("user@example.com",
					new CustomUser(1, "user@example.com", "{noop}password"));
			return (name) -> {
				CustomUser user = users.get(name);
				if (user == null) {
					throw new UsernameNotFoundException("username " + name + " is not found");
				}
				return new CustomUserDetails(user.getId(), user.getEmail(), user.getPassword());
			};
		}

	}

	@RestController
	static class UserPage {

		@GetMapping("/user")
		CustomUser user(@AuthenticationPrincipal CustomUser user) {
			return user;
		}

	}

	@Override
	Class<?> application() {
		return Application.class;
	}

	@Test
	void theUserIsOfTheSameClassOnEveryNode() {
		WebClient client = visitor();
		assertRedirect(client.login("user@example.com", "password"), "/");
		assertThat(elsewhere(client).get("/user", "Accept", "application/json").body())
			.startsWith("{\"id\":1,\"email\":\"user@example.com\"");
		assertPrincipal(client, "user@example.com");
		assertThat(sessions().findByPrincipal("user@example.com")).hasSize(1);
	}

	@Test
	void whoIsNobodyDoesNotGetIn() {
		WebClient client = visitor();
		assertRedirect(client.login("nobody@example.com", "password"), "/login?error");
		assertAtTheDoor(client);
	}

}
