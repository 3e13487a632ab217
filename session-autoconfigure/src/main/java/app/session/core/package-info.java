/**
 * One request's session: lazy load, change log, merge, commit. Knows no servlet, no
 * Spring Boot and no store. Internal.
 */
@NullMarked
package app.session.core;

import org.jspecify.annotations.NullMarked;
