package app.session.demo;

import java.security.Principal;
import java.util.List;

import app.session.FreshLogin;
import app.session.Session;
import app.session.Sessions;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Shows somebody the devices that they are logged in on, and logs them out there.
 */
@RestController
@RequestMapping(path = "/devices", produces = MediaType.TEXT_HTML_VALUE)
final class DevicesController {

	private final Sessions sessions;

	DevicesController(Sessions sessions) {
		this.sessions = sessions;
	}

	@GetMapping
	String devices(Principal user, Session session, CsrfToken token) {
		List<Sessions.Info> devices = this.sessions.findByPrincipal(user.getName());
		return DevicesPage.of(user.getName(), devices, session.getHandle(), token);
	}

	// A handle is no secret: whose session it names is looked up. That of another user is
	// answered as one that has ended
	@FreshLogin("5m")
	@PostMapping("/end")
	ResponseEntity<Void> end(@RequestParam String handle, Principal user) {
		this.sessions.find(handle)
			.filter((device) -> user.getName().equals(device.principal()))
			.ifPresent((device) -> this.sessions.revoke(device.handle()));
		return seeOther("/devices");
	}

	@FreshLogin("5m")
	@PostMapping("/end-others")
	ResponseEntity<Void> endOthers(Principal user, Session session) {
		String here = session.getHandle();
		if (here != null) {
			this.sessions.revokeAllExcept(user.getName(), here);
		}
		return seeOther("/devices");
	}

	// This one last: if the store fails before, whoever wants out can press again
	@FreshLogin("5m")
	@PostMapping("/end-all")
	ResponseEntity<Void> endAll(Principal user, Session session) {
		endOthers(user, session);
		session.invalidate();
		return seeOther("/devices/login?logout");
	}

	@GetMapping("/login")
	String login(@Nullable Principal user, CsrfToken token, @RequestParam(required = false) @Nullable String error,
			@RequestParam(required = false) @Nullable String logout) {
		return LoginPage.of(token, (user != null) ? user.getName() : null, error != null, logout != null);
	}

	private static ResponseEntity<Void> seeOther(String path) {
		return ResponseEntity.status(HttpStatus.SEE_OTHER).header("Location", path).build();
	}

}
