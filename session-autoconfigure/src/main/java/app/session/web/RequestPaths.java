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

	RequestPaths(WebSettings settings) {
		this.included = settings.includePaths().contains(ALL) ? List.of() : parse(settings.includePaths());
		this.excluded = parse(settings.excludePaths());
	}

	private static List<PathPattern> parse(List<String> patterns) {
		return patterns.stream()
			.map(PathPatternParser.defaultInstance::initFullPathPattern)
			.map(PathPatternParser.defaultInstance::parse)
			.toList();
	}

	boolean matches(HttpServletRequest request) {
		if (this.included.isEmpty() && this.excluded.isEmpty()) {
			return true;
		}
		PathContainer path = ServletRequestPathUtils.hasParsedRequestPath(request)
				? ServletRequestPathUtils.getParsedRequestPath(request).pathWithinApplication()
				: ServletRequestPathUtils.parse(request).pathWithinApplication();
		return (this.included.isEmpty() || matches(this.included, path)) && !matches(this.excluded, path);
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
