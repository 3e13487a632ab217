package app.session.http;

import java.util.List;
import java.util.UUID;

import app.session.server.MariaDbServer;
import app.session.server.PostgresServer;
import app.session.server.RedisServers;

/**
 * A store that several nodes share, as their properties name it. Each has sessions of its
 * own.
 */
public enum SharedStore {

	REDIS {
		@Override
		public List<String> properties() {
			return List.of("app.session.store=redis", "spring.data.redis.host=127.0.0.1",
					"spring.data.redis.port=" + RedisServers.embedded().port(),
					"app.session.redis.key-prefix=" + UUID.randomUUID() + ":");
		}
	},

	REDIS_CLUSTER {
		@Override
		public List<String> properties() {
			return List.of("app.session.store=redis",
					"spring.data.redis.cluster.nodes=" + RedisServers.cluster().addresses().get(0),
					"app.session.redis.key-prefix=" + UUID.randomUUID() + ":");
		}
	},

	POSTGRESQL {
		@Override
		public List<String> properties() {
			return sql(PostgresServer.url(), "postgres");
		}
	},

	MARIADB {
		@Override
		public List<String> properties() {
			return sql("jdbc:mariadb://" + MariaDbServer.address(), "root");
		}
	},

	H2 {
		@Override
		public List<String> properties() {
			return sql("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa");
		}
	};

	/**
	 * What an application sets to have its sessions there.
	 */
	public abstract List<String> properties();

	private static List<String> sql(String url, String user) {
		return List.of("app.session.store=jdbc", "app.session.jdbc.initialize-schema=always",
				"app.session.jdbc.table-name=nodes_" + UUID.randomUUID().toString().replace("-", ""),
				"spring.datasource.url=" + url, "spring.datasource.username=" + user);
	}

}
