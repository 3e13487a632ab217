package app.session.autoconfigure;

import java.util.Optional;

import app.session.Session;
import app.session.SessionObject;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Import;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.MOCK)
@AutoConfigureMockMvc
class SpringDocTests {

	@Autowired
	private MockMvcTester mvc;

	@Test
	void noArgumentThatComesFromTheSessionIsDocumented() throws Exception {
		JsonNode docs = new JsonMapper()
			.readTree(this.mvc.get().uri("/v3/api-docs").exchange().getResponse().getContentAsString());
		for (String path : new String[] { "/session", "/optional", "/nullable", "/by-parameter", "/by-type",
				"/optional-by-parameter", "/optional-by-type" }) {
			for (String method : new String[] { "get", "post" }) {
				JsonNode operation = docs.path("paths").path(path).path(method);
				assertThat(operation.isObject()).as("%s %s in %s", method, path, docs).isTrue();
				assertThat(operation.path("parameters")).as("%s %s", method, path)
					.extracting((parameter) -> parameter.path("name").asString())
					.containsExactly("page");
				assertThat(operation.has("requestBody")).as("%s %s", method, path).isFalse();
			}
		}
		assertThat(docs.path("components").path("schemas").propertyNames()).doesNotContain("Session", "Visit", "Cart");
	}

	record Visit(int views) {
	}

	@SessionObject
	record Cart(int items) {
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
	@Import(Api.class)
	static class Application {

	}

	@RestController
	@RequestMapping(method = { RequestMethod.GET, RequestMethod.POST })
	static class Api {

		@RequestMapping("/session")
		String session(@RequestParam int page, Session session) {
			return "";
		}

		@RequestMapping("/optional")
		String optional(@RequestParam int page, Optional<Session> session) {
			return "";
		}

		@RequestMapping("/nullable")
		String nullable(@RequestParam int page, @Nullable Session session) {
			return "";
		}

		@RequestMapping("/by-parameter")
		String byParameter(@RequestParam int page, @SessionObject Visit visit) {
			return "";
		}

		@RequestMapping("/by-type")
		String byType(@RequestParam int page, Cart cart) {
			return "";
		}

		@RequestMapping("/optional-by-parameter")
		String optionalByParameter(@RequestParam int page, @SessionObject Optional<Visit> visit) {
			return "";
		}

		@RequestMapping("/optional-by-type")
		String optionalByType(@RequestParam int page, Optional<Cart> cart) {
			return "";
		}

	}

}
