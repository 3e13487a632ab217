package app.session.autoconfigure;

/**
 * Keys that nobody else has.
 */
final class TestKeys {

	static final String FIRST = "5y1vT0cBq1mTzQ8s3UuJm0h0QhKp7oVxqk4N2rWcX9E=";

	static final String SECOND = "Wm3kH9dRz2LrYt6fQe8sVbN1xJp4cU7aGo5iKw0TqEM=";

	private TestKeys() {
	}

}
