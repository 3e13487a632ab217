package app.session.store.springsession;

/**
 * A stored value names a class that it may not be made of.
 */
final class RefusedClassException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates an exception.
	 * @param className the class
	 */
	RefusedClassException(String className) {
		super(className);
	}

}
