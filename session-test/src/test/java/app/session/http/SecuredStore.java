package app.session.http;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * A store of an application with Spring Security, how many nodes share it, and on what
 * they run: Tomcat, but for one.
 */
enum SecuredStore {

	MEMORY(1) {
		@Override
		List<String> properties() {
			return List.of("app.session.store=memory");
		}
	},

	/** The only one on another container, since a store knows nothing of it. */
	MEMORY_ON_JETTY(1, OnJetty.class) {
		@Override
		List<String> properties() {
			return List.of("app.session.store=memory", "spring.main.allow-bean-definition-overriding=true");
		}
	},

	REDIS(2) {
		@Override
		List<String> properties() {
			return SharedStore.REDIS.properties();
		}
	},

	POSTGRESQL(2) {
		@Override
		List<String> properties() {
			return SharedStore.POSTGRESQL.properties();
		}
	};

	private final int nodes;

	private final List<Class<?>> sources;

	SecuredStore(int nodes, Class<?>... sources) {
		this.nodes = nodes;
		this.sources = List.of(sources);
	}

	abstract List<String> properties();

	/** Starts an application on this store. */
	SecuredNodes start(List<String> properties, Class<?>... sources) {
		return start(SecuredNode.class, properties, sources);
	}

	/** Starts another application on this store. */
	SecuredNodes start(Class<?> application, List<String> properties, Class<?>... sources) {
		Set<String> all = new LinkedHashSet<>(properties());
		all.addAll(properties);
		List<Class<?>> with = new ArrayList<>(List.of(sources));
		with.addAll(this.sources);
		return new SecuredNodes(application, this.nodes, List.copyOf(all), with.toArray(Class<?>[]::new));
	}

	/** Takes the place of the application's server. */
	@Configuration(proxyBeanMethods = false)
	static class OnJetty {

		@Bean
		JettyServletWebServerFactory webServer() {
			return new JettyServletWebServerFactory();
		}

	}

}
