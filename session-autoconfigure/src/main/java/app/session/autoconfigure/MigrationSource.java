package app.session.autoconfigure;

/**
 * Where sessions may be moved from.
 */
enum MigrationSource {

	/** What an application left that had its sessions in memory. */
	MEMORY("memory"),

	/** Our own store in Redis. */
	REDIS("redis"),

	/** Our own store in a SQL database. */
	JDBC("jdbc"),

	/** koa-session's records in Redis. */
	KOA("redis"),

	/** express-session's records in Redis. */
	EXPRESS("redis"),

	/** Spring Session's in Redis. */
	SPRING_SESSION_REDIS("redis"),

	/** Spring Session's in a SQL database. */
	SPRING_SESSION_JDBC("jdbc");

	private final String store;

	MigrationSource(String store) {
		this.store = store;
	}

	/**
	 * The kind of store that a source is in.
	 * @param name the source as a property names it, may be anything
	 * @return the kind, as {@code app.session.store} names it, or empty if there is none
	 */
	static String storeOf(String name) {
		String plain = name.replaceAll("[-_. ]", "");
		for (MigrationSource source : values()) {
			if (source.name().replace("_", "").equalsIgnoreCase(plain)) {
				return source.store;
			}
		}
		return "";
	}

}
