/**
 * Sessions in Redis.
 */
@NullMarked
package app.session.store.redis;

import org.jspecify.annotations.NullMarked;
