package app.session.autoconfigure;

import java.util.function.LongSupplier;

import app.session.store.FormerFormat;

/**
 * Sessions of another library that are taken over.
 *
 * @param format how its clients hold them
 * @param cookieName the name of its cookie
 * @param signedApart whether the signature is in a cookie of its own
 * @param count how many are left
 */
record FormerSessions(FormerFormat format, String cookieName, boolean signedApart, LongSupplier count) {
}
