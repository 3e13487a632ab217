package app.session;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

import org.springframework.core.ParameterizedTypeReference;

/**
 * The session of the visitor whose request is being handled: named values that the server
 * keeps from one request to the next, found by a signed cookie. A controller gets it as a
 * method argument.
 * <p>
 * Nothing is loaded until a value is asked for, nothing is stored until a value is set,
 * and nobody has to save: what a request changed is written once, before the first byte
 * of the response leaves. Only then, and only for a session that has been written, is
 * there a cookie.
 * <p>
 * Two kinds of change: {@link #set} and {@link #remove} are collected and written
 * together; {@link #increment}, {@link #update}, {@link #take} and {@link #putIfAbsent}
 * are atomic and written at once, together with what was collected before, so the value
 * they return is the stored truth, however many requests of the session run at the same
 * time. Changes of different names all survive; of two plain changes of one name the
 * later wins, and a {@link SessionEvent.ConflictMerged} says so.
 * <p>
 * A handler works on its own copy. An object obtained by {@code get} and changed in place
 * is saved as if it had been set again.
 * <p>
 * If the session ends while the request runs (a logout elsewhere), the session reads on
 * as it was loaded, and changes of it are dropped: nothing of it is stored and no cookie
 * is sent. The exact operations then work as on an empty session, except that
 * {@link #putIfAbsent} answers {@code false}.
 * <p>
 * Every method that reads throws {@link SessionStoreUnavailableException} if the store
 * does not answer. Every method that changes throws {@link IllegalStateException} when
 * the change can't be saved any more, because the response has been committed, or must
 * not be, because the handler's {@link SessionPolicy} is read-only.
 * <p>
 * Safe for use by several threads of one request.
 */
public interface Session {

	/**
	 * The value of an attribute.
	 * @param <T> the value's type
	 * @param name the attribute
	 * @param type the type to read it as; a number is converted where nothing is lost
	 * @return the value, or {@code null} if there is none, or none that can be read as
	 * this type; the same object on every call of the request
	 */
	<T> @Nullable T get(String name, Class<T> type);

	/**
	 * The value of an attribute of a generic type.
	 * @param <T> the value's type
	 * @param name the attribute
	 * @param type the type to read it as, as in {@code new
	 * ParameterizedTypeReference<List<Item>>() {}}
	 * @return the value, or {@code null} as {@link #get(String, Class)} says
	 */
	<T> @Nullable T get(String name, ParameterizedTypeReference<T> type);

	/**
	 * The value of an attribute, or a fallback. The fallback is not stored.
	 * @param <T> the value's type
	 * @param name the attribute
	 * @param type the type to read it as
	 * @param fallback what to return if there is no value
	 * @return the value or the fallback
	 */
	default <T> T get(String name, Class<T> type, T fallback) {
		T value = get(name, type);
		return (value != null) ? value : fallback;
	}

	/**
	 * Sets an attribute. To set what is there already is no change.
	 * @param name the attribute
	 * @param value the value; {@code null} removes the attribute
	 * @throws AttributeNotStorableException if the value would not come back as it went,
	 * or is beyond a limit
	 */
	void set(String name, @Nullable Object value);

	/**
	 * Removes an attribute, if it is there.
	 * @param name the attribute
	 */
	void remove(String name);

	/**
	 * Removes all attributes. The session stays, with its id.
	 */
	void clear();

	/**
	 * The names of all attributes.
	 * @return an immutable snapshot
	 */
	Set<String> names();

	/**
	 * Whether there is no attribute.
	 * @return {@code true} if there is none
	 */
	boolean isEmpty();

	/**
	 * All attributes, each in its natural Java form: what JSON does not tell apart is a
	 * map, a list, a string, a number or a boolean.
	 * @return an immutable snapshot
	 */
	Map<String, Object> toMap();

	/**
	 * Adds one to a counter. Atomic, and saved at once.
	 * @param name the counter, 0 if it is not there yet
	 * @return the new value, which no other request got or will get
	 * @throws IllegalStateException if the attribute is not an integer
	 * @throws ArithmeticException beyond the range of {@code long}
	 */
	default long increment(String name) {
		return increment(name, 1);
	}

	/**
	 * Adds to a counter. Atomic, and saved at once.
	 * @param name the counter, 0 if it is not there yet
	 * @param delta what to add, may be negative
	 * @return the new value
	 * @throws IllegalStateException if the attribute is not an integer
	 * @throws ArithmeticException beyond the range of {@code long}
	 */
	long increment(String name, long delta);

	/**
	 * Computes an attribute from its present value. Atomic, and saved at once.
	 * @param <T> the value's type
	 * @param name the attribute
	 * @param type the type to read it as
	 * @param function from the present value, {@code null} if there is none, to the new
	 * one, {@code null} to remove it; it runs again on a conflict, so it must have no
	 * effect of its own
	 * @return what was stored
	 */
	<T> @Nullable T update(String name, Class<T> type, UnaryOperator<@Nullable T> function);

	/**
	 * Reads an attribute and removes it. Atomic, and saved at once: exactly one of any
	 * number of requests gets the value.
	 * @param <T> the value's type
	 * @param name the attribute
	 * @param type the type to read it as
	 * @return the value, or {@code null} if there was none
	 */
	<T> @Nullable T take(String name, Class<T> type);

	/**
	 * Sets an attribute that is not there yet. Atomic, and saved at once.
	 * @param name the attribute
	 * @param value the value
	 * @return {@code true} if the value was set, {@code false} if there was one already
	 */
	boolean putIfAbsent(String name, Object value);

	/**
	 * The whole session as an object of the user's own: a record, or a bean whose
	 * properties are the attributes. A bean's properties that are changed in place are
	 * saved one by one.
	 * @param <T> the object's type
	 * @param type the object's class
	 * @return the object, with defaults for attributes that are not there
	 */
	<T> T as(Class<T> type);

	/**
	 * Replaces all attributes at once.
	 * @param attributes a map with string keys, a bean or a record
	 * @throws AttributeNotStorableException if a value can't be stored
	 */
	void replace(Object attributes);

	/**
	 * Whether this request brought no living session: there was no valid cookie, or the
	 * session it named has ended. Stays {@code true} for the rest of the request that
	 * creates the session.
	 * @return {@code true} for a new session
	 */
	boolean isNew();

	/**
	 * The session's public name, for lists and logs. It logs nobody in.
	 * @return the handle, or {@code null} if the session has never been stored
	 */
	@Nullable String getHandle();

	/**
	 * When the session was created.
	 * @return the instant; for a session not stored yet, that of the request
	 */
	Instant getCreationTime();

	/**
	 * When the session was last used before this request, exact to a tenth of the
	 * timeout.
	 * @return the instant
	 */
	Instant getLastAccessedTime();

	/**
	 * When the session ends if it is not used again.
	 * @return the instant
	 */
	Instant getExpiryTime();

	/**
	 * How long the session lives when it is not used.
	 * @return this session's own timeout, or that of the configuration
	 */
	Duration getTimeout();

	/**
	 * Gives this session a timeout of its own.
	 * @param timeout more than zero, or {@code null} for that of the configuration; the
	 * session's maximum lifetime stays
	 */
	void setTimeout(@Nullable Duration timeout);

	/**
	 * How long the browser keeps the cookie.
	 * @return this session's own, or that of the configuration; {@code null} until the
	 * browser closes
	 */
	@Nullable Duration getCookieMaxAge();

	/**
	 * Gives this session's cookie a lifetime of its own, and sends the cookie again.
	 * @param maxAge more than zero; zero for a cookie that ends when the browser closes;
	 * {@code null} for that of the configuration
	 */
	void setCookieMaxAge(@Nullable Duration maxAge);

	/**
	 * Whose session it is.
	 * @return the principal, or {@code null} for an anonymous session
	 */
	@Nullable String getPrincipal();

	/**
	 * When the login was made: when the principal was last set, by the clock of the node
	 * that did, also if it was the same as before. No attribute: {@link #clear} leaves
	 * it, {@link #toMap} does not show it; it stays over {@link #changeId} and goes with
	 * the principal.
	 * @return the instant, to the millisecond; {@code null} for an anonymous session, and
	 * for a login that was made before the library kept it
	 */
	@Nullable Instant getAuthenticationTime();

	/**
	 * Whether the login was made a short while ago, for what should not be done with a
	 * browser that was left logged in. A handler that can do nothing else says
	 * {@link FreshLogin}.
	 * <p>
	 * Clocks of nodes differ and may be set back: a login that seems to lie ahead counts
	 * as just made, if by no more than {@code maxAge}.
	 * @param maxAge how long ago it may be; a login just as old is fresh
	 * @return {@code false} also for an anonymous session, for one that is known to have
	 * ended, and for a login of which nobody knows when it was made
	 */
	boolean isFreshlyAuthenticated(Duration maxAge);

	/**
	 * Says whose session it is from now on, at login. The secret changes too, so an id
	 * known before the login is worth nothing after it (session fixation).
	 * @param principal the principal's name, or {@code null} for an anonymous session;
	 * two names that differ in anything, case and spaces included, are two principals
	 * @throws IllegalArgumentException if the name has more than 1024 bytes in UTF-8, or
	 * half of a surrogate pair; the bounds are the same for all stores
	 */
	void setPrincipal(@Nullable String principal);

	/**
	 * As {@link #setPrincipal(String)}, and the login fails if all sessions of the
	 * principal were revoked since the epoch was read.
	 * @param principal the principal's name
	 * @param epoch what {@link Sessions#epoch} answered before the credentials were
	 * checked
	 * @throws IllegalArgumentException as {@link #setPrincipal(String)}
	 */
	void setPrincipal(String principal, long epoch);

	/**
	 * Gives the session a new id and keeps its data, so that the old id is dead: what
	 * koa-session calls {@code regenerate} and Servlet {@code changeSessionId}.
	 */
	void changeId();

	/**
	 * Ends this session and begins another, without data: what Express calls
	 * {@code regenerate} and Rails {@code reset_session}. Nothing in flight is carried
	 * over.
	 */
	void reset();

	/**
	 * Ends the session at once, for every request in flight, and removes the cookie. What
	 * is set afterwards begins a new session.
	 */
	void invalidate();

	/**
	 * Saves the changes now, instead of before the response.
	 */
	void save();

	/**
	 * Saves the changes now. The same as {@link #save}, by the name it has in koa-session
	 * for {@code app.session.auto-commit=false}.
	 */
	default void manuallyCommit() {
		save();
	}

}
