/**
 * What the stores have in common.
 */
@NullMarked
package app.session.store;

import org.jspecify.annotations.NullMarked;
