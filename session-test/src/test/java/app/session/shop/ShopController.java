package app.session.shop;

import java.security.Principal;

import jakarta.servlet.http.HttpSession;

import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * Counts visits, fills the cart, and knows who is logged in.
 */
@RestController
class ShopController {

	private final Cart cart;

	ShopController(Cart cart) {
		this.cart = cart;
	}

	@GetMapping("/views")
	String views(HttpSession session) {
		Integer before = (Integer) session.getAttribute("views");
		int views = (before != null) ? before + 1 : 1;
		session.setAttribute("views", views);
		return String.valueOf(views);
	}

	@GetMapping("/cart/{item}")
	String add(@PathVariable String item) {
		this.cart.getItems().add(item);
		return this.cart.getItems().toString();
	}

	@GetMapping("/thanks")
	String thanks(Model model) {
		return "Thanks, it goes to " + model.getAttribute("sentTo");
	}

	@GetMapping("/me")
	String me(Principal principal) {
		return principal.getName();
	}

}
