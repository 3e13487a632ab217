/**
 * What an application with Spring Security may name.
 */
@NullMarked
package app.session.security;

import org.jspecify.annotations.NullMarked;
