package app.session.shop;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.bind.annotation.SessionAttributes;
import org.springframework.web.bind.support.SessionStatus;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * Takes an order on several pages, and says thanks after a redirect.
 */
@Controller
@RequestMapping("/order")
@SessionAttributes("order")
class OrderController {

	@ModelAttribute("order")
	Order order() {
		return new Order();
	}

	/**
	 * Without a redirect the answer would be on its way before Spring MVC keeps the
	 * order.
	 */
	@PostMapping
	String fill(@ModelAttribute("order") Order order) {
		return "redirect:/order";
	}

	@GetMapping
	@ResponseBody
	String show(@ModelAttribute("order") Order order) {
		return order.getStreet() + ", " + order.getCity();
	}

	@PostMapping("/send")
	String send(@ModelAttribute("order") Order order, SessionStatus status, RedirectAttributes attributes) {
		status.setComplete();
		attributes.addFlashAttribute("sentTo", order.getStreet() + ", " + order.getCity());
		return "redirect:/thanks";
	}

}
