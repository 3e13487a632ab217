package app.session;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.beans.factory.annotation.Qualifier;

/**
 * Names the {@code RedisConnectionFactory} bean that the store in Redis uses, as it is:
 * with its own time limits and its own way to heal. Without one, the store makes
 * connections of its own after the pattern of the application's factory, with
 * {@code app.session.store-timeout} as their limit.
 */
@Target({ ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER, ElementType.TYPE, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Qualifier
public @interface SessionRedisConnectionFactory {

}
