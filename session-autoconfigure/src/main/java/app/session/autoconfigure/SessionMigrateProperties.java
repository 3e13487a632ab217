package app.session.autoconfigure;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The properties of the store that sessions are moved out of.
 *
 * @param allowedTypes Classes that Spring Session's attributes may be made of besides
 * values of the JDK.
 * @param cookieName Name of the cookie of the other library; if not set, what that
 * library calls it.
 * @param springSessionNamespace What the names of Spring Session's keys in Redis begin
 * with.
 * @param springSessionTable Name of Spring Session's table.
 */
@ConfigurationProperties("app.session.migrate")
record SessionMigrateProperties(@DefaultValue List<String> allowedTypes, @Nullable String cookieName,
		@DefaultValue("spring:session") String springSessionNamespace,
		@DefaultValue("SPRING_SESSION") String springSessionTable) {

	/**
	 * The name of the other library's cookie.
	 * @param usual what that library calls it if nothing is said
	 */
	String cookieName(String usual) {
		return (this.cookieName != null) ? this.cookieName : usual;
	}

}
