package app.session.store.migrate;

import app.session.PrincipalIndex;
import app.session.SessionAdoption;
import app.session.SessionCatalog;
import app.session.SessionLeases;
import app.session.SessionRepository;
import org.jspecify.annotations.Nullable;

/**
 * A store that sessions are moved to, by its abilities.
 */
record Target(SessionRepository records, SessionAdoption adoption, PrincipalIndex principals, SessionCatalog catalog,
		@Nullable SessionLeases leases) {

	static Target of(SessionRepository store) {
		if (store instanceof SessionAdoption adoption && store instanceof PrincipalIndex principals
				&& store instanceof SessionCatalog catalog) {
			return new Target(store, adoption, principals, catalog,
					(store instanceof SessionLeases leases) ? leases : null);
		}
		throw new IllegalArgumentException("Sessions can't be moved to " + store.getClass().getName()
				+ ": it has to be a SessionAdoption, a PrincipalIndex and a SessionCatalog");
	}

}
