package app.session.peers;

import java.util.List;

import app.session.http.SharedStore;

/**
 * A store that what koa-session promises is tested on.
 */
enum Store {

	/** The default. */
	MEMORY {
		@Override
		List<String> properties() {
			return List.of("app.session.store=memory");
		}
	},

	/** A repository of the application's own, which can do nothing but the contract. */
	OWN {
		@Override
		List<String> properties() {
			return List.of();
		}

		@Override
		Class<?>[] sources() {
			return new Class<?>[] { OwnStore.class };
		}
	},

	REDIS {
		@Override
		List<String> properties() {
			return SharedStore.REDIS.properties();
		}
	},

	POSTGRESQL {
		@Override
		List<String> properties() {
			return SharedStore.POSTGRESQL.properties();
		}
	},

	/** The session itself at its client. */
	COOKIE {
		@Override
		List<String> properties() {
			return List.of("app.session.store=cookie");
		}

		@Override
		boolean keepsDataOnServer() {
			return false;
		}
	};

	/** What an application sets to have its sessions there. Another place each time. */
	abstract List<String> properties();

	/** What it is made of besides. */
	Class<?>[] sources() {
		return new Class<?>[0];
	}

	/** Whether the cookie is the same as long as the session's id is. */
	boolean keepsDataOnServer() {
		return true;
	}

}
