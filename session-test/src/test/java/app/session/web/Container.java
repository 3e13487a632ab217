package app.session.web;

import java.util.function.Supplier;

import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.servlet.ServletWebServerFactory;

/**
 * A servlet container.
 */
enum Container {

	TOMCAT(TomcatServletWebServerFactory::new),

	JETTY(JettyServletWebServerFactory::new);

	private final Supplier<ServletWebServerFactory> factory;

	Container(Supplier<ServletWebServerFactory> factory) {
		this.factory = factory;
	}

	ServletWebServerFactory newFactory() {
		return this.factory.get();
	}

}
