package app.session.autoconfigure;

import java.util.List;

import app.session.store.node.Keygrip;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The properties of the application in Node with which sessions are shared.
 *
 * @param keys Keys of that application, as texts: koa's app.keys or express-session's
 * secret; the first signs and all verify.
 * @param algorithm Algorithm of koa's signature; express-session has SHA-256 alone.
 * @param signed Whether koa's cookie is signed.
 * @param prefix What ids begin with, as by koa-session's prefix, if not nothing; what the
 * names of all keys in Redis begin with, as by connect-redis's, if not sess:.
 * @param browserSession Whether sessions end with the browser alone, as by koa-session's
 * maxAge 'session'; if not set, only beside express-session and without a cookie.max-age.
 */
@ConfigurationProperties("app.session.node")
record SessionNodeProperties(@DefaultValue List<String> keys, @DefaultValue("sha1") Keygrip.Algorithm algorithm,
		@DefaultValue("true") boolean signed, @Nullable String prefix, @Nullable Boolean browserSession) {

	/**
	 * Names nothing but the keys' number, since a key belongs in no log.
	 */
	@Override
	public String toString() {
		return "SessionNodeProperties[keys=" + this.keys.size() + ", masked]";
	}

}
