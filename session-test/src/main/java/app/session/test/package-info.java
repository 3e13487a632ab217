/**
 * The contract of a store as a test suite, and helpers for tests of session code.
 */
@NullMarked
package app.session.test;

import org.jspecify.annotations.NullMarked;
