package app.session.store.jdbc;

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * What is found out when it is first asked for, and known from then on. Several threads
 * may find it out at once: if they waited for one another, a database that does not
 * answer would hold the last for as long as all before it.
 *
 * @param <T> what it is
 */
final class FoundOnce<T> implements Supplier<T> {

	private final Supplier<T> source;

	private volatile @Nullable T value;

	FoundOnce(Supplier<T> source) {
		this.source = source;
	}

	@Override
	public T get() {
		T known = this.value;
		if (known == null) {
			known = this.source.get();
			this.value = known;
		}
		return known;
	}

}
