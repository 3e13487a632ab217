package app.session.core;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

import app.session.SessionLimit;
import app.session.codec.EncodedValue;
import app.session.codec.StoredAttributes;
import app.session.codec.StoredLogin;
import app.session.crypto.SessionId;

/**
 * What a session becomes if a change log is applied to a stored state of it: the one
 * place that knows which change may pass when somebody else wrote first.
 */
final class Draft {

	/** What the log is applied to, seen from the request that wrote it. */
	enum Basis {

		/** The state that the request has seen. */
		SEEN,

		/**
		 * A newer state: changes of different names all survive, of one name the later.
		 */
		NEWER,

		/**
		 * A newer state under another id: plain changes apply only to names that still
		 * have the value the request has seen, the id is not changed again, and nothing
		 * about who is logged in is written.
		 */
		OTHER_ID,

		/**
		 * The same, and now it is another principal's: besides, nothing of it is returned
		 * to the request.
		 */
		OTHER_PRINCIPAL,

		/** Nothing: the session has ended. */
		ENDED

	}

	private final Basis basis;

	private final Map<String, EncodedValue> base;

	private final Map<String, EncodedValue> seen;

	private final Set<String> securityNames;

	/** The base itself until something changes: most drafts change little or nothing. */
	private Map<String, EncodedValue> values;

	private Set<String> touched = Set.of();

	private Set<String> unseen = Set.of();

	private Set<String> conflicts = Set.of();

	private Set<String> dropped = Set.of();

	private boolean settingsDropped;

	private boolean settingsChanged;

	private @Nullable Duration ownTimeout;

	private @Nullable Duration ownCookieMaxAge;

	private boolean cookieMaxAgeChanged;

	private @Nullable String principal;

	private @Nullable SessionId newId;

	private @Nullable Login login;

	private @Nullable StoredLogin lastLogin;

	Draft(Basis basis, StoredAttributes base, @Nullable String principal, Map<String, EncodedValue> seen,
			Set<String> securityNames) {
		this.basis = basis;
		this.base = base.values();
		this.seen = seen;
		this.securityNames = securityNames;
		this.values = base.values();
		this.ownTimeout = base.ownTimeout();
		this.ownCookieMaxAge = base.ownCookieMaxAge();
		this.principal = principal;
		this.lastLogin = (principal != null) ? base.lastLogin() : null;
	}

	void put(String name, EncodedValue value) {
		plain(name, value);
	}

	void remove(String name) {
		plain(name, null);
	}

	private void plain(String name, @Nullable EncodedValue value) {
		this.touched = with(this.touched, name);
		boolean changedMeanwhile = !Objects.equals(this.base.get(name), this.seen.get(name));
		if (isOtherId() && (changedMeanwhile || isGuarded(name))) {
			this.dropped = with(this.dropped, name);
			return;
		}
		if (changedMeanwhile) {
			this.unseen = with(this.unseen, name);
			if (!Objects.equals(this.base.get(name), value)) {
				this.conflicts = with(this.conflicts, name);
			}
		}
		store(name, value);
	}

	void clear() {
		replace(Map.of());
	}

	void replace(Map<String, EncodedValue> attributes) {
		Set<String> present = new LinkedHashSet<>(isOtherId() ? this.seen.keySet() : this.values.keySet());
		present.addAll(this.touched);
		present.stream().filter((name) -> !attributes.containsKey(name)).forEach(this::remove);
		attributes.forEach(this::put);
	}

	/**
	 * An exact change: computed from what is stored, whatever the request has seen.
	 * @param function from the stored value to the new one, {@code null} for none
	 */
	void compute(String name, UnaryOperator<@Nullable EncodedValue> function) {
		this.touched = with(this.touched, name);
		if (isWithheld()) {
			// For the caller, who is answered as on an empty session; the result goes
			// nowhere
			EncodedValue unused = function.apply(null);
			this.dropped = with(this.dropped, name);
			return;
		}
		store(name, function.apply(this.values.get(name)));
	}

	/**
	 * Sets a value that is not there, in a session that is.
	 */
	boolean putIfAbsent(String name, EncodedValue value) {
		this.touched = with(this.touched, name);
		if (isWithheld()) {
			this.dropped = with(this.dropped, name);
			return false;
		}
		if (this.values.containsKey(name)) {
			return false;
		}
		store(name, value);
		return true;
	}

	private void store(String name, @Nullable EncodedValue value) {
		if (Objects.equals(this.values.get(name), value)) {
			return;
		}
		if (this.values == this.base) {
			this.values = new LinkedHashMap<>(this.base);
		}
		if (value != null) {
			this.values.put(name, value);
		}
		else {
			this.values.remove(name);
		}
	}

	/** A set that is made when there is something to put into it. */
	private static Set<String> with(Set<String> names, String name) {
		Set<String> result = names.isEmpty() ? new LinkedHashSet<>() : names;
		result.add(name);
		return result;
	}

	void setTimeout(@Nullable Duration timeout) {
		if (changesSettings()) {
			this.ownTimeout = timeout;
		}
	}

	void setCookieMaxAge(@Nullable Duration maxAge) {
		if (changesSettings()) {
			this.ownCookieMaxAge = maxAge;
			this.cookieMaxAgeChanged = true;
		}
	}

	void changeId(SessionId id) {
		if (changesSettings()) {
			this.newId = id;
		}
	}

	void login(Login login) {
		if (changesSettings()) {
			this.newId = login.id();
			this.principal = login.principal();
			this.login = login;
			this.lastLogin = login.made();
		}
	}

	/**
	 * Makes it something to write, even if it is empty.
	 */
	void keep() {
		if (this.basis == Basis.SEEN) {
			this.settingsChanged = true;
		}
	}

	private boolean changesSettings() {
		if (isOtherId()) {
			this.settingsDropped = true;
			return false;
		}
		this.settingsChanged = true;
		return true;
	}

	private boolean isOtherId() {
		return this.basis == Basis.OTHER_ID || this.basis == Basis.OTHER_PRINCIPAL;
	}

	private boolean isWithheld() {
		return this.basis == Basis.OTHER_PRINCIPAL || this.basis == Basis.ENDED;
	}

	/** Under another id nobody logs in, so nothing may say that somebody has. */
	private boolean isGuarded(String name) {
		return isOtherId() && this.securityNames.contains(name);
	}

	/**
	 * Whether there is anything to write.
	 */
	boolean isChanged() {
		return this.settingsChanged || !this.values.equals(this.base);
	}

	boolean isRefused() {
		return this.settingsDropped;
	}

	Basis basis() {
		return this.basis;
	}

	/**
	 * The values, as changed so far. Not a copy.
	 */
	Map<String, EncodedValue> values() {
		return this.values;
	}

	@Nullable Duration ownTimeout() {
		return this.ownTimeout;
	}

	@Nullable Duration ownCookieMaxAge() {
		return this.ownCookieMaxAge;
	}

	StoredAttributes attributes() {
		return new StoredAttributes(this.ownTimeout, this.ownCookieMaxAge, this.lastLogin, this.values);
	}

	/**
	 * When and from where the principal was set.
	 */
	@Nullable StoredLogin lastLogin() {
		return this.lastLogin;
	}

	@Nullable String principal() {
		return this.principal;
	}

	/**
	 * The id that this request gave the session, if it did.
	 */
	@Nullable SessionId newId() {
		return this.newId;
	}

	@Nullable Login login() {
		return this.login;
	}

	boolean isCookieMaxAgeChanged() {
		return this.cookieMaxAgeChanged;
	}

	/**
	 * The names that the log changes, whether or not the changes passed.
	 */
	Set<String> touched() {
		return this.touched;
	}

	/**
	 * The names that the log sets although others have since the request saw them, maybe
	 * to the same value.
	 */
	Set<String> unseen() {
		return this.unseen;
	}

	/**
	 * Those of them that now have another value than the others gave them.
	 */
	Set<String> conflicts() {
		return this.conflicts;
	}

	Set<String> dropped() {
		return this.dropped;
	}

	/**
	 * Who a session is to belong to.
	 *
	 * @param id the id it gets with it, {@code null} for a session not stored yet
	 * @param principal the principal, or {@code null} for none
	 * @param made when and from where, or {@code null} without a principal
	 * @param epoch the principal's epoch, read before
	 * @param limit how many sessions it may have
	 */
	record Login(@Nullable SessionId id, @Nullable String principal, @Nullable StoredLogin made, long epoch,
			SessionLimit limit) {
	}

}
