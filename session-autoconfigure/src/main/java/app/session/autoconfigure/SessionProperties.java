package app.session.autoconfigure;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;

import app.session.SessionLimit;
import app.session.core.EngineSettings;
import app.session.web.SessionCookie;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationUnit;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;
import org.springframework.util.unit.DataSize;

/**
 * The properties of the session. What they describe is checked by
 * {@link SessionSettings}.
 *
 * @param enabled Whether controllers get sessions at all.
 * @param store Where sessions are kept, unless there is a SessionRepository bean.
 * @param keys Base64 keys that sign the cookie, the first signs and all verify; random at
 * start for the store in memory if there are none.
 * @param application Name of the application, for which alone its cookies are valid.
 * @param timeout How long a session lives when it is not used. If no unit is given,
 * seconds are used.
 * @param maxLifetime How long a session lives at most, whatever is done with it. If no
 * unit is given, seconds are used.
 * @param anonymousTimeout How long a session without a principal lives when it is not
 * used, if not as long as others. If no unit is given, seconds are used.
 * @param touchFraction Part of the timeout that may pass before a use of the session is
 * written to the store, from 0 to 1.
 * @param storeTimeout How long a request waits for the store before it is answered with
 * 503.
 * @param onStoreFailure What becomes of a request whose session the store does not answer
 * for.
 * @param autoCommit Whether changes are saved by themselves before the response; if not,
 * handlers call save().
 * @param discardOnError Whether changes of a request that ends with a 5xx status are
 * dropped.
 * @param includePaths Path patterns of the requests that have a session.
 * @param excludePaths Path patterns of requests that have none, among those included.
 * @param filterOrder Order of the session's servlet filter.
 * @param cookie The cookie.
 * @param interop Which application in Node shares its sessions with this one; none if not
 * set.
 * @param migrateFrom Which store sessions are moved from, each when it is first written;
 * none if not set.
 * @param header The header, for clients that keep no cookies.
 * @param cookieStore The store in the cookie.
 * @param limits The limits of one session.
 * @param memory The store in memory.
 * @param principal The sessions of one principal.
 * @param httpSession The Servlet API's HttpSession.
 */
@ConfigurationProperties("app.session")
record SessionProperties(@DefaultValue("true") boolean enabled, @DefaultValue("memory") String store,
		@DefaultValue List<String> keys, @Nullable String application,
		@DefaultValue("30m") @DurationUnit(ChronoUnit.SECONDS) Duration timeout,
		@DefaultValue("24h") @DurationUnit(ChronoUnit.SECONDS) Duration maxLifetime,
		@DurationUnit(ChronoUnit.SECONDS) @Nullable Duration anonymousTimeout,
		@DefaultValue("0.1") double touchFraction, @DefaultValue("2s") Duration storeTimeout,
		@DefaultValue("fail") EngineSettings.OnStoreFailure onStoreFailure, @DefaultValue("true") boolean autoCommit,
		@DefaultValue("false") boolean discardOnError, @DefaultValue("/**") List<String> includePaths, @DefaultValue( {
				"/favicon.ico", "/webjars/**", "/actuator/health/**" }) List<String> excludePaths,
		@DefaultValue("-2147483598") int filterOrder, @DefaultValue Cookie cookie, @Nullable Interop interop,
		@Nullable MigrationSource migrateFrom, @DefaultValue Header header, @DefaultValue CookieStore cookieStore,
		@DefaultValue Limits limits, @DefaultValue Memory memory, @DefaultValue Principal principal,
		@DefaultValue HttpSession httpSession){

	/**
	 * Names nothing but the keys' number, since a key belongs in no log.
	 */
	@Override
	public String toString() {
		return "SessionProperties[keys=" + this.keys.size() + ", masked]";
	}

	/**
	 * The cookie.
	 *
	 * @param name Name of the cookie; on secure connections it gets the prefix __Host-,
	 * or __Secure- if it has a domain or a path.
	 * @param path Path that the cookie is sent to.
	 * @param domain Domain that the cookie is sent to with all its hosts; this host alone
	 * if there is none.
	 * @param sameSite When the cookie goes along with requests from other sites.
	 * @param secure Whether the cookie goes over secure connections alone.
	 * @param httpOnly Whether the cookie is hidden from scripts.
	 * @param partitioned Whether the cookie of an embedded site is kept apart for each
	 * site that embeds it.
	 * @param maxAge How long the browser keeps the cookie; until it closes if not set. If
	 * no unit is given, seconds are used.
	 * @param rolling Whether each response to a request that used the session sends the
	 * cookie again.
	 * @param renew Whether a response to a request that used the session sends the cookie
	 * again if less than half of its max-age may be left.
	 * @param priority Which cookies a browser drops first if it has too many; as it likes
	 * if not set.
	 */
	record Cookie(@DefaultValue("session") String name, @DefaultValue("/") String path, @Nullable String domain,
			@DefaultValue("lax") SessionCookie.SameSite sameSite, @DefaultValue("auto") SessionCookie.Secure secure,
			@DefaultValue("true") boolean httpOnly, @DefaultValue("false") boolean partitioned,
			@DurationUnit(ChronoUnit.SECONDS) @Nullable Duration maxAge, @DefaultValue("false") boolean rolling,
			@DefaultValue("false") boolean renew, SessionCookie.@Nullable Priority priority) {

		/**
		 * Takes a domain that is blank, as an environment variable may be, for none.
		 */
		Cookie {
			domain = StringUtils.hasText(domain) ? domain : null;
		}

	}

	/** An application in Node. */
	enum Interop {

		/** With koa-session. */
		KOA,

		/** With express-session. */
		EXPRESS

	}

	/**
	 * The header, for clients that keep no cookies.
	 *
	 * @param name Name of the header that carries the signed id of clients that send it,
	 * be it empty, and of their answers; none if not set.
	 * @param only Whether all clients use the header, and none gets a cookie.
	 */
	record Header(@Nullable String name, @DefaultValue("false") boolean only) {

		/**
		 * Takes a name that is blank, as an environment variable may be, for none.
		 */
		Header {
			name = StringUtils.hasText(name) ? name : null;
		}

	}

	/**
	 * The store in the cookie.
	 *
	 * @param compression Whether a session is compressed where that makes its cookie
	 * shorter, whose length then tells something of what is in it.
	 * @param revocation Where the store looks whether all sessions of a principal were
	 * revoked.
	 */
	record CookieStore(@DefaultValue("false") boolean compression, @DefaultValue("none") Revocation revocation) {

		/** Where it is kept that sessions were revoked. */
		enum Revocation {

			/** Nowhere: no session can be revoked. */
			NONE,

			/** In Redis. */
			REDIS,

			/** In a SQL database. */
			JDBC

		}

	}

	/**
	 * The limits of one session.
	 *
	 * @param maxAttributes How many attributes a session may have.
	 * @param maxSize How large all attributes of a session may be when encoded.
	 * @param maxNameLength How many characters the name of an attribute may have.
	 */
	record Limits(@DefaultValue("256") int maxAttributes, @DefaultValue("1MB") DataSize maxSize,
			@DefaultValue("256") int maxNameLength) {
	}

	/**
	 * The store in memory.
	 *
	 * @param maxSessions How many sessions are kept; beyond it those with the least life
	 * left go first.
	 * @param snapshot File that keeps the sessions from a stop to the next start, sealed
	 * by the keys; a restart ends them if not set.
	 */
	record Memory(@DefaultValue("100000") long maxSessions, @Nullable String snapshot) {
	}

	/**
	 * The sessions of one principal.
	 *
	 * @param maxSessions How many sessions a principal may have at once; any number if
	 * not set.
	 * @param whenFull What a login beyond that number does.
	 * @param recordClient Whether a login records the client's address and user agent,
	 * which are personal data, for lists of a principal's sessions.
	 */
	record Principal(@Nullable Integer maxSessions, @DefaultValue("end-oldest") SessionLimit.WhenFull whenFull,
			@DefaultValue("false") boolean recordClient) {
	}

	/**
	 * The Servlet API's HttpSession.
	 *
	 * @param enabled Whether request.getSession() answers with this session, instead of
	 * the container's.
	 * @param allowedTypes Classes that its attributes may be made of besides those of the
	 * application's own packages and what Spring Security and Spring MVC put there; a
	 * name with a dot at its end is a package.
	 */
	record HttpSession(@DefaultValue("true") boolean enabled, @DefaultValue List<String> allowedTypes) {

		/**
		 * The properties for those who need them before there are beans.
		 */
		static HttpSession of(Environment environment) {
			return Binder.get(environment).bindOrCreate("app.session.http-session", HttpSession.class);
		}

	}

}
