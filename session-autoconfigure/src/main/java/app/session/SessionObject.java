package app.session;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a class as the application's own form of the session, or a controller's argument
 * as being of such a class: the argument is then {@link Session#as} of that class.
 * Without the mark Spring MVC would bind such an argument from the query string.
 */
@Target({ ElementType.PARAMETER, ElementType.TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface SessionObject {

}
