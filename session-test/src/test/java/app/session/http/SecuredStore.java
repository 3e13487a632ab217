package app.session.http;

import java.util.ArrayList;
import java.util.List;

/**
 * A store of an application with Spring Security, and how many nodes share it.
 */
enum SecuredStore {

	MEMORY(1) {
		@Override
		List<String> properties() {
			return List.of("app.session.store=memory");
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

	SecuredStore(int nodes) {
		this.nodes = nodes;
	}

	abstract List<String> properties();

	/** Starts an application on this store. */
	SecuredNodes start(List<String> properties, Class<?>... sources) {
		return start(SecuredNode.class, properties, sources);
	}

	/** Starts another application on this store. */
	SecuredNodes start(Class<?> application, List<String> properties, Class<?>... sources) {
		List<String> all = new ArrayList<>(properties());
		all.addAll(properties);
		return new SecuredNodes(application, this.nodes, all, sources);
	}

}
