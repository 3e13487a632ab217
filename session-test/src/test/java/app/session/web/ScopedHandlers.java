package app.session.web;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import jakarta.annotation.PreDestroy;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.SessionAttribute;
import org.springframework.web.bind.annotation.SessionAttributes;
import org.springframework.web.bind.support.SessionStatus;
import org.springframework.web.context.annotation.SessionScope;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * What Spring has for sessions, used as an application uses it.
 */
@Configuration(proxyBeanMethods = false)
@Import({ ScopedHandlers.Pages.class, ScopedHandlers.Wizard.class })
class ScopedHandlers {

	private static View text(Object text) {
		return (model, request, response) -> response.getWriter().print(text);
	}

	@Bean
	@SessionScope
	Views views() {
		return new Views();
	}

	/** A bean that each session has for itself. */
	public static class Views {

		private static final Queue<Integer> DESTROYED = new ConcurrentLinkedQueue<>();

		private int count;

		public int getCount() {
			return this.count;
		}

		public void setCount(int count) {
			this.count = count;
		}

		@PreDestroy
		void destroy() {
			DESTROYED.add(this.count);
		}

		static List<Integer> takeDestroyed() {
			List<Integer> taken = List.copyOf(DESTROYED);
			DESTROYED.clear();
			return taken;
		}

	}

	@RestController
	static class Pages {

		private final Views views;

		Pages(Views views) {
			this.views = views;
		}

		@GetMapping("/plain")
		String plain() {
			return "plain";
		}

		@GetMapping("/view")
		int view() {
			this.views.setCount(this.views.getCount() + 1);
			return this.views.getCount();
		}

		@GetMapping("/look")
		int look() {
			return this.views.getCount();
		}

		/** Commits before Spring looks at what was changed. */
		@GetMapping("/view-and-flush")
		void viewAndFlush(HttpServletResponse response) throws Exception {
			response.getWriter().print(view());
			response.flushBuffer();
		}

		@GetMapping("/look-and-flush")
		void lookAndFlush(HttpServletResponse response) throws Exception {
			response.getWriter().print(look());
			response.flushBuffer();
		}

		@GetMapping("/end")
		String end(HttpSession session) {
			session.invalidate();
			return "ended";
		}

		@GetMapping("/holder")
		String holder(HttpServletRequest request) {
			RequestAttributes attributes = RequestContextHolder.currentRequestAttributes();
			attributes.setAttribute("held", "by the holder", RequestAttributes.SCOPE_SESSION);
			return String.valueOf(attributes.getSessionId().equals(request.getSession().getId()));
		}

		@GetMapping("/attribute")
		String attribute(@SessionAttribute(name = "held", required = false) @Nullable String held) {
			return String.valueOf(held);
		}

	}

	/** What a wizard has asked for so far. */
	public static class Form {

		private int step;

		public int getStep() {
			return this.step;
		}

		public void setStep(int step) {
			this.step = step;
		}

	}

	@Controller
	@SessionAttributes("form")
	static class Wizard {

		@ModelAttribute("form")
		Form form() {
			return new Form();
		}

		@GetMapping("/form")
		View show(@ModelAttribute("form") Form form) {
			return text(form.getStep());
		}

		@GetMapping("/form-next")
		View next(@ModelAttribute("form") Form form) {
			form.setStep(form.getStep() + 1);
			return text(form.getStep());
		}

		@GetMapping("/form-next-flushed")
		@ResponseBody
		String nextFlushed(@ModelAttribute("form") Form form, HttpServletResponse response) throws Exception {
			form.setStep(form.getStep() + 1);
			response.flushBuffer();
			return String.valueOf(form.getStep());
		}

		@GetMapping("/form-done")
		View done(@ModelAttribute("form") Form form, SessionStatus status) {
			status.setComplete();
			return text("done");
		}

		@GetMapping("/save/{what}")
		String save(RedirectAttributes attributes, @PathVariable String what) {
			attributes.addFlashAttribute("message", "saved " + what);
			return "redirect:/saved";
		}

		@GetMapping("/saved")
		View saved(Model model) {
			return text(model.getAttribute("message"));
		}

	}

}
