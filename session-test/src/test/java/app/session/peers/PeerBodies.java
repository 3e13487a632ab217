package app.session.peers;

import java.io.IOException;

import app.session.Session;
import app.session.http.Gates;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.ResponseBody;

/**
 * Handlers that change their session and then answer, each in a way of its own.
 */
@Controller
class PeerBodies {

	private final Gates gates;

	PeerBodies(Gates gates) {
		this.gates = gates;
	}

	@GetMapping("/body/text")
	@ResponseBody
	String text(Session session) {
		session.set("body", "text");
		return "the text";
	}

	@GetMapping("/body/empty")
	void empty(Session session, HttpServletResponse response) {
		session.set("body", "empty");
		response.setContentLength(0);
	}

	@GetMapping("/body/pieces")
	void pieces(Session session, HttpServletResponse response) throws IOException {
		session.set("body", "pieces");
		for (String piece : new String[] { "the ", "text" }) {
			response.getOutputStream().print(piece);
			response.flushBuffer();
		}
	}

	@GetMapping("/body/fixed")
	void fixed(Session session, HttpServletResponse response) throws IOException {
		session.set("body", "fixed");
		response.setContentLength(8);
		response.getOutputStream().print("the text");
	}

	@GetMapping("/body/redirect")
	String redirect(Session session) {
		session.set("body", "redirect");
		return "redirect:/whole";
	}

	/** Reads the session, begins to answer, and takes its time. */
	@GetMapping("/body/slow/{gate}")
	void slow(Session session, HttpServletResponse response, @PathVariable String gate) throws IOException {
		session.names();
		response.getOutputStream().print("the ");
		response.flushBuffer();
		this.gates.pass(gate);
		response.getOutputStream().print("text");
	}

}
