package app.session.web;

import java.time.Duration;
import java.util.List;

/**
 * How the filter treats requests.
 *
 * @param includePaths the path patterns of the requests that have a session, as Spring
 * MVC has them
 * @param excludePaths the path patterns of those among them that have none
 * @param autoCommit whether a request's changes are saved by themselves, before the
 * response; otherwise only by {@link app.session.Session#save}
 * @param discardOnError whether the changes of a request that ends with a 5xx status are
 * dropped
 * @param retryAfter what a client is told to wait when the store is not available, at
 * least one second
 * @param recordClient whether a login records the client's address and user agent
 */
public record WebSettings(List<String> includePaths, List<String> excludePaths, boolean autoCommit,
		boolean discardOnError, Duration retryAfter, boolean recordClient) {

	/** What an application gets that sets nothing. */
	public static final WebSettings DEFAULTS = new WebSettings(List.of("/**"), List.of(), true, false,
			Duration.ofSeconds(5), false);

	/**
	 * Creates settings.
	 */
	public WebSettings {
		includePaths = List.copyOf(includePaths);
		excludePaths = List.copyOf(excludePaths);
	}

}
