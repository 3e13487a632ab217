@NullMarked
package app.session.core;

import org.jspecify.annotations.NullMarked;
