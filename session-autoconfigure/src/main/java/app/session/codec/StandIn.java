package app.session.codec;

import java.util.function.BiFunction;

import app.session.StoredThrowable;
import org.jspecify.annotations.Nullable;

/**
 * What is read in place of an error whose class can't be made again.
 *
 * @param <T> the class that stands for it
 * @param base the class whose subclasses it stands for. What that class keeps beside the
 * message is not stored.
 * @param type the class that stands for it: below the base, and allowed by its name
 * @param factory makes one of the name of the error's class and its message
 */
public record StandIn<T extends Throwable & StoredThrowable>(Class<? extends Throwable> base, Class<T> type,
		BiFunction<String, @Nullable String, T> factory) {
}
