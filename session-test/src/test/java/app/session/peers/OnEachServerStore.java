package app.session.peers;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The tests of a class run on each store that keeps the data on the server, and need
 * that: a session that the server has ended is gone.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedClass(name = "{0}")
@EnumSource(value = Store.class, names = { "MEMORY", "OWN", "REDIS", "POSTGRESQL" })
@interface OnEachServerStore {

}
