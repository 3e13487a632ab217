package app.session.demo;

import app.session.Session;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

/**
 * Counts the visits of each visitor.
 */
@RestController
final class ViewsController {

	@GetMapping(path = "/", produces = MediaType.TEXT_PLAIN_VALUE)
	String views(Session session) {
		long n = session.increment("views");
		return (n == 1) ? "Welcome here for the first time!" : "You've visited this page " + n + " times!";
	}

	// The lower q leaves the plain text to a client that takes anything, as curl does
	@GetMapping(path = "/", produces = MediaType.TEXT_HTML_VALUE + ";q=0.9")
	String page(Session session) {
		String sentence = views(session);
		return ViewsPage.of(sentence, session);
	}

	// Without it Spring MVC answers HEAD by the handler of GET, and a link checker counts
	// as a visit
	@RequestMapping(path = "/", method = RequestMethod.HEAD)
	void head() {
	}

	// 303, so that the browser follows with a GET, and a reload of the page does not
	// start over again
	@PostMapping("/start-over")
	ResponseEntity<Void> startOver(Session session) {
		session.invalidate();
		return ResponseEntity.status(HttpStatus.SEE_OTHER).header("Location", "/").build();
	}

}
