package app.session.http;

import java.util.List;

import app.session.shop.Shop;
import org.junit.jupiter.api.Test;

/**
 * The same application with Spring Session, in a database that two nodes share.
 */
class SpringSessionShopTests {

	@Test
	void theShopIsTheSame() {
		List<String> properties = List.of("app.session.enabled=false",
				"spring.datasource.url=jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1");
		try (SecuredNodes nodes = new SecuredNodes(Shop.class, 2, properties)) {
			new ShopVisit(nodes).pass();
		}
	}

}
