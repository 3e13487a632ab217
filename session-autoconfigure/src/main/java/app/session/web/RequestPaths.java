package app.session.web;

import java.util.List;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.http.server.PathContainer;
import org.springframework.web.util.ServletRequestPathUtils;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Which requests have a session. Safe for use by many threads.
 */
final class RequestPaths {

	private static final String ALL = "/**";

	private final List<PathPattern> included;

	private final List<PathPattern> excluded;

	private final List<String> excludedBeginnings;

	RequestPaths(WebSettings settings) {
		this.included = settings.includePaths().contains(ALL) ? List.of() : parse(settings.includePaths());
		this.excluded = parse(settings.excludePaths());
		this.excludedBeginnings = this.excluded.stream().map(RequestPaths::beginning).distinct().toList();
	}

	private static List<PathPattern> parse(List<String> patterns) {
		return patterns.stream()
			.map(PathPatternParser.defaultInstance::initFullPathPattern)
			.map(PathPatternParser.defaultInstance::parse)
			.toList();
	}

	boolean matches(HttpServletRequest request) {
		if (this.included.isEmpty() && (this.excluded.isEmpty() || isClearlyIncluded(request))) {
			return true;
		}
		PathContainer path = ServletRequestPathUtils.hasParsedRequestPath(request)
				? ServletRequestPathUtils.getParsedRequestPath(request).pathWithinApplication()
				: ServletRequestPathUtils.parse(request).pathWithinApplication();
		return (this.included.isEmpty() || matches(this.included, path)) && !matches(this.excluded, path);
	}

	/**
	 * Whether no excluded pattern can match, by the letters it begins with: most requests
	 * need no parsed path to see that.
	 */
	private boolean isClearlyIncluded(HttpServletRequest request) {
		String uri = request.getRequestURI();
		if (uri.indexOf('%') >= 0 || uri.indexOf(';') >= 0) {
			return false;
		}
		int start = request.getContextPath().length();
		for (String beginning : this.excludedBeginnings) {
			if (uri.startsWith(beginning, start)) {
				return false;
			}
		}
		return true;
	}

	/** What a path must begin with to match. */
	private static String beginning(PathPattern pattern) {
		String text = pattern.getPatternString();
		int end = 0;
		while (end < text.length() && "*?{[/".indexOf(text.charAt(end)) < 0 || end == 0 && text.startsWith("/")) {
			end++;
		}
		return text.substring(0, end);
	}

	private static boolean matches(List<PathPattern> patterns, PathContainer path) {
		for (PathPattern pattern : patterns) {
			if (pattern.matches(path)) {
				return true;
			}
		}
		return false;
	}

}
