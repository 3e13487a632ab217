/**
 * The store that keeps sessions in a SQL database: PostgreSQL, MariaDB, MySQL or H2.
 */
@NullMarked
package app.session.store.jdbc;

import org.jspecify.annotations.NullMarked;
