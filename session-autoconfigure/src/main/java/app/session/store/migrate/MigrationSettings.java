package app.session.store.migrate;

import java.time.Duration;
import java.time.InstantSource;

import app.session.crypto.SessionIds;

/**
 * How a {@link MigratingStore} works.
 *
 * @param timeout how long the end of a session may be kept from happening by others who
 * write it
 * @param clock the time, by which it is reckoned how old a session is that is moved
 * @param ids where the tags of writers come from
 */
public record MigrationSettings(Duration timeout, InstantSource clock, SessionIds ids) {
}
