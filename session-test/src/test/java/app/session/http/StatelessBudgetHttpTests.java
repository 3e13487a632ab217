package app.session.http;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an application without state costs, over HTTP: nothing, unless the client has a
 * session all the same.
 */
@TestInstance(Lifecycle.PER_CLASS)
class StatelessBudgetHttpTests {

	private static final String BASIC = "Basic dXNlcjpwYXNzd29yZA==";

	private SecuredNodes nodes;

	@BeforeAll
	void start() {
		this.nodes = new SecuredNodes(FlowNode.class, 1, List.of(), SessionCreationFlowTests.Application.class,
				SecurityBudgetHttpTests.Memory.Counting.class);
	}

	@AfterAll
	void stop() {
		this.nodes.close();
	}

	@BeforeEach
	void forget() {
		calls();
	}

	private List<String> calls() {
		return this.nodes.bean(0, CountingRepository.class).takeCalls();
	}

	@Test
	void aPageAndALoginWithoutStateCostNothing() {
		WebClient client = this.nodes.client(0);
		assertThat(client.get("/stateless/page").statusCode()).isIn(302, 401);
		assertThat(client.get("/stateless/page", "Authorization", BASIC).body()).isEqualTo("Page of user");
		client.post("/stateless/login", Map.of("username", "user", "password", "password"));
		assertThat(client.cookies()).isEmpty();
		assertThat(calls()).isEmpty();
	}

	/** Spring Security's SessionManagementFilter asks whether its id is valid. */
	@Test
	void aSessionThatIsThereIsReadOnceAndLeftAlone() {
		WebClient client = this.nodes.client(0);
		client.login("user", "password");
		calls();
		assertThat(client.get("/stateless/page").statusCode()).isIn(302, 401);
		assertThat(calls()).containsExactly("find");
		assertThat(client.get("/").body()).isEqualTo("Hello user");
	}

}
