package app.session.http;

import java.net.http.HttpResponse;
import java.util.Map;
import java.util.TreeMap;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a visitor does in the {@link app.session.shop.Shop}, and gets to see whoever keeps
 * the sessions.
 *
 * @param nodes the shop's nodes, who take turns
 */
record ShopVisit(SecuredNodes nodes) {

	void pass() {
		WebClient client = this.nodes.client(0);
		assertThat(client.get("/views").body()).isEqualTo("1");
		assertThat(elsewhere(client).get("/views").body()).isEqualTo("2");
		fillsTheCart(client);
		orders(client);
		String before = client.cookies().toString();
		assertThat(WebClient.location(client.get("/me"))).isEqualTo("/login");
		assertThat(WebClient.location(client.login("alice", "password"))).isEqualTo("/me?continue");
		assertThat(client.cookies().toString()).isNotEqualTo(before);
		assertThat(elsewhere(client).get("/me?continue").body()).isEqualTo("alice");
		assertThat(client.get("/views").body()).isEqualTo("3");
		assertThat(client.get("/cart/apple").body()).isEqualTo("[pear, plum, apple]");
		WebClient other = elsewhere(client);
		assertThat(WebClient.location(client.logout())).isEqualTo("/login?logout");
		assertThat(WebClient.location(client.get("/me"))).isEqualTo("/login");
		assertThat(WebClient.location(other.get("/me"))).isEqualTo("/login");
		assertThat(client.get("/views").body()).isEqualTo("1");
	}

	private void fillsTheCart(WebClient client) {
		assertThat(client.get("/cart/pear").body()).isEqualTo("[pear]");
		assertThat(elsewhere(client).get("/cart/plum").body()).isEqualTo("[pear, plum]");
	}

	private void orders(WebClient client) {
		String token = WebClient.token(client.get("/login"));
		assertThat(WebClient.location(client.post("/order", form(token, "street", "Elm 1")))).isEqualTo("/order");
		assertThat(elsewhere(client).get("/order").body()).isEqualTo("Elm 1, ");
		assertThat(WebClient.location(elsewhere(client).post("/order", form(token, "city", "Bree"))))
			.isEqualTo("/order");
		assertThat(client.get("/order").body()).isEqualTo("Elm 1, Bree");
		HttpResponse<String> sent = client.post("/order/send", form(token, "x", "y"));
		assertThat(WebClient.location(sent)).isEqualTo("/thanks");
		assertThat(client.get("/thanks").body()).isEqualTo("Thanks, it goes to Elm 1, Bree");
		assertThat(client.get("/thanks").body()).isEqualTo("Thanks, it goes to null");
	}

	private static Map<String, String> form(String token, String name, String value) {
		return new TreeMap<>(Map.of("_csrf", token, name, value));
	}

	private WebClient elsewhere(WebClient client) {
		return client.twin(this.nodes.client(1));
	}

}
