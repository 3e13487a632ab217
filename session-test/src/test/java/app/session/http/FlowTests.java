package app.session.http;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;

import app.session.Sessions;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A flow that others wrote for Spring Security, against an application with our starter
 * on each store. The application is started once per store.
 */
@ParameterizedClass
@EnumSource(SecuredStore.class)
@TestInstance(Lifecycle.PER_CLASS)
abstract class FlowTests {

	@Parameter
	private SecuredStore store;

	private SecuredNodes nodes;

	/** The flow's own part of the application. */
	abstract Class<?> application();

	List<String> properties() {
		return List.of();
	}

	@BeforeParameterizedClassInvocation
	void start() {
		this.nodes = this.store.start(FlowNode.class, properties(), application());
	}

	@AfterParameterizedClassInvocation
	void stop() {
		this.nodes.close();
	}

	SecuredNodes nodes() {
		return this.nodes;
	}

	/** A visitor who was never here. */
	WebClient visitor() {
		return this.nodes.client(0);
	}

	/** The same visitor, served by another node if there is one. */
	WebClient elsewhere(WebClient client) {
		return client.twin(this.nodes.client(1));
	}

	WebClient loggedIn(String name) {
		WebClient client = visitor();
		assertThat(WebClient.location(client.login(name, "password"))).isEqualTo("/");
		assertHome(client, name);
		return client;
	}

	/**
	 * Logs in where the form offers to remember that, and comes back without a session.
	 */
	WebClient remembered() {
		WebClient client = visitor();
		client.submit("/login", "/login", Map.of("username", "user", "password", "password", "remember-me", "on"));
		assertThat(client.cookies()).containsKey("remember-me");
		client.cookies().remove("session");
		return client;
	}

	/** Another node says so, if there is one. */
	void assertHome(WebClient client, String name) {
		assertThat(elsewhere(client).get("/").body()).isEqualTo("Hello " + name);
	}

	void assertPrincipal(WebClient client, String name) {
		assertThat(elsewhere(client).get("/whose").body()).isEqualTo(name);
	}

	/** Not logged in: sent to the page where to do that. */
	void assertAtTheDoor(WebClient client) {
		assertThat(WebClient.location(elsewhere(client).get("/"))).isEqualTo("/login");
	}

	static void assertRedirect(HttpResponse<String> response, String location) {
		assertThat(response.statusCode()).isEqualTo(302);
		assertThat(WebClient.location(response)).isEqualTo(location);
	}

	Sessions sessions() {
		return this.nodes.bean(0, Sessions.class);
	}

}
