package app.session.autoconfigure;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.core.io.ClassPathResource;

import static org.assertj.core.api.Assertions.assertThat;

class SessionSchemaRuntimeHintsTests {

	@ParameterizedTest
	@ValueSource(strings = { "postgresql", "mysql", "mariadb", "h2" })
	void aNativeImageHasTheFileOfEachDatabase(String database) {
		String file = "app/session/store/jdbc/schema-" + database + ".sql";
		RuntimeHints hints = new RuntimeHints();
		new SessionSchemaRuntimeHints().registerHints(hints, getClass().getClassLoader());
		assertThat(new ClassPathResource(file).exists()).isTrue();
		assertThat(RuntimeHintsPredicates.resource().forResource(file)).accepts(hints);
		assertThat(MergedAnnotations.from(SessionJdbcAutoConfiguration.StoreConfiguration.class)
			.get(ImportRuntimeHints.class)
			.getClassArray("value")).containsExactly(SessionSchemaRuntimeHints.class);
	}

}
