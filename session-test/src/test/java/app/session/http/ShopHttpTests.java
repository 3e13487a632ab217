package app.session.http;

import java.util.List;

import app.session.shop.Shop;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * An application that was written without us, with us on its class path. With Spring
 * Session instead it is {@link SpringSessionShopTests}: not a line of it differs.
 */
class ShopHttpTests {

	@ParameterizedTest
	@EnumSource(SecuredStore.class)
	void theShopIsTheSame(SecuredStore store) {
		try (SecuredNodes nodes = store.start(Shop.class, List.of())) {
			new ShopVisit(nodes).pass();
		}
	}

}
