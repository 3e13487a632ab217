package app.session.demo;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * Starts the view counter and the second demo.
 */
@SpringBootApplication(proxyBeanMethods = false)
public class DemoApplication {

	/**
	 * Starts the application.
	 * @param args properties, as in {@code --server.port=9090}
	 */
	public static void main(String[] args) {
		SpringApplication.run(DemoApplication.class, args);
	}

}
