package app.session.autoconfigure;

import java.util.ArrayList;
import java.util.List;

import app.session.codec.AllowedTypes;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;

/**
 * The classes of which attributes of an {@code HttpSession} may be made: those of the
 * application's own packages, those that are configured, and those that Spring itself
 * puts there.
 */
final class HttpSessionTypes {

	private static final Log logger = LogFactory.getLog(HttpSessionTypes.class);

	private HttpSessionTypes() {
	}

	/**
	 * The allowed classes.
	 * @throws InvalidSessionPropertyException if one of the configured names can't be
	 * allowed
	 */
	static AllowedTypes allowed(SessionProperties properties, List<HttpSessionValues> known, BeanFactory beanFactory) {
		List<String> names = new ArrayList<>(properties.httpSession().allowedTypes());
		for (String name : names) {
			try {
				AllowedTypes.of(name);
			}
			catch (IllegalArgumentException ex) {
				throw PropertyChecks.invalid("http-session.allowed-types", name, String.valueOf(ex.getMessage()),
						"Name classes, as in com.acme.Cart, or packages with a dot at the end, as in 'com.acme.shop.'.");
			}
		}
		known.forEach((each) -> names.addAll(each.allowedTypes()));
		if (AutoConfigurationPackages.has(beanFactory)) {
			for (String own : AutoConfigurationPackages.get(beanFactory)) {
				addOwn(own + ".", names);
			}
		}
		return AllowedTypes.of(names);
	}

	/** An application may be in no package, or in one that others are in too. */
	private static void addOwn(String name, List<String> names) {
		try {
			AllowedTypes.of(name);
			names.add(name);
		}
		catch (IllegalArgumentException ex) {
			logger.debug("Classes of the application's package " + name
					+ " are no attributes of an HttpSession unless they are allowed by name: " + ex.getMessage());
		}
	}

}
