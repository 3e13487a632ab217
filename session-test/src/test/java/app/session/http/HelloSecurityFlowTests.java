package app.session.http;

import java.net.http.HttpResponse;
import java.util.Map;

import org.junit.jupiter.api.Test;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Spring Security as Boot configures it: the login page, the page asked for, the page
 * that asks whether to log out.
 * <p>
 * After spring-security-samples, servlet/spring-boot/java/hello-security and
 * hello-security-explicit, servlet/java-configuration/hello-mvc-security and
 * authentication/username-password/in-memory.
 */
class HelloSecurityFlowTests extends FlowTests {

	@Configuration(proxyBeanMethods = false)
	@Import(FlowUsers.class)
	static class Application {

	}

	@Override
	Class<?> application() {
		return Application.class;
	}

	@Test
	void whoIsNotLoggedInIsSentToTheLoginPage() {
		WebClient client = visitor();
		assertRedirect(client.get("/"), "/login");
		assertThat(client.get("/login").body()).contains("Please sign in");
	}

	@Test
	void aProgramThatIsNotLoggedInIsToldSo() {
		assertThat(visitor().get("/", "Accept", "application/json").statusCode()).isEqualTo(401);
	}

	@Test
	void theLoginLeadsToThePageAskedFor() {
		WebClient client = visitor();
		client.get("/other?a=b");
		HttpResponse<String> login = elsewhere(client).submit("/login", "/login",
				Map.of("username", "user", "password", "wrong"));
		assertRedirect(login, "/login?error");
		login = client.login("user", "password");
		assertRedirect(login, "/other?a=b&continue");
		assertThat(elsewhere(client).get("/other?a=b&continue").body())
			.isEqualTo("Other of user, asked for a=b&continue");
	}

	@Test
	void theLoginIsFreshAndTheUserIsTheSessionsPrincipal() {
		WebClient client = loggedIn("user");
		assertPrincipal(client, "user");
		assertThat(client.get("/since").body()).isEqualTo("known");
		assertThat(elsewhere(client).get("/fresh").body()).isEqualTo("Fresh user");
	}

	@Test
	void theErrorOfAFailedLoginIsGoneAfterTheNext() {
		WebClient client = visitor();
		assertRedirect(client.login("user", "wrong"), "/login?error");
		assertThat(client.get("/login?error").body()).contains("Invalid credentials");
		assertRedirect(client.login("user", "password"), "/");
		assertThat(client.get("/names").body()).doesNotContain("LAST_EXCEPTION");
	}

	@Test
	void aLogoutIsAskedAboutAndEndsTheSession() {
		WebClient client = loggedIn("user");
		assertThat(client.get("/logout").body()).contains("Are you sure you want to log out?");
		assertHome(client, "user");
		assertRedirect(client.logout(), "/login?logout");
		assertThat(client.get("/login?logout").body()).contains("You have been signed out");
		assertAtTheDoor(client);
	}

}
