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

	private final List<String> configured;

	private final List<HttpSessionValues> known;

	private final BeanFactory beanFactory;

	/**
	 * Checks what is configured, and does no more.
	 * @throws InvalidSessionPropertyException if one of the configured names can't be
	 * allowed
	 */
	HttpSessionTypes(List<String> configured, List<HttpSessionValues> known, BeanFactory beanFactory) {
		for (String name : configured) {
			try {
				AllowedTypes.of(name);
			}
			catch (IllegalArgumentException ex) {
				throw PropertyChecks.invalid("http-session.allowed-types", name, String.valueOf(ex.getMessage()),
						"Name classes, as in com.acme.Cart, or packages with a dot at the end, as in 'com.acme.shop.'.");
			}
		}
		this.configured = List.copyOf(configured);
		this.known = known;
		this.beanFactory = beanFactory;
	}

	/**
	 * The allowed classes.
	 */
	AllowedTypes allowed() {
		List<String> names = new ArrayList<>(this.configured);
		this.known.forEach((each) -> names.addAll(each.allowedTypes()));
		if (AutoConfigurationPackages.has(this.beanFactory)) {
			for (String own : AutoConfigurationPackages.get(this.beanFactory)) {
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
