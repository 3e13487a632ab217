package app.session.codec;

import org.jspecify.annotations.Nullable;

/**
 * A class that is not allowed was about to be written or read. Never leaves the package:
 * when reading, its message is dropped, because the name may be anything that somebody
 * wrote into the store.
 */
final class DeniedTypeException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/** A cause may have itself for a cause. */
	private static final int MAX_CAUSES = 32;

	private DeniedTypeException(String reason) {
		super(reason, null, false, false);
	}

	static DeniedTypeException of(String className) {
		return new DeniedTypeException(className + " is not one of the classes that are allowed in a value without a "
				+ "declared type: name it, or its package, in app.session.http-session.allowed-types");
	}

	static DeniedTypeException because(String reason) {
		return new DeniedTypeException(reason);
	}

	/**
	 * Finds this error in another.
	 * @param failure an error of Jackson's
	 * @return the error it wraps, or {@code null}
	 */
	static @Nullable DeniedTypeException in(Throwable failure) {
		Throwable each = failure;
		for (int i = 0; i < MAX_CAUSES && each != null; i++) {
			if (each instanceof DeniedTypeException denied) {
				return denied;
			}
			each = each.getCause();
		}
		return null;
	}

	/**
	 * The same as an error of what was to be written.
	 * @param property the outermost property it is in
	 * @param path all of them, empty for none
	 */
	NotStorableException notStorable(@Nullable String property, String path) {
		String reason = String.valueOf(getMessage());
		return new NotStorableException(path.isEmpty() ? reason : reason + " (it is in '" + path + "')", property,
				null);
	}

}
