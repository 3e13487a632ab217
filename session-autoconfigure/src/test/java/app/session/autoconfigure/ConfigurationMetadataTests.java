package app.session.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an editor, and the README, know of the properties.
 */
class ConfigurationMetadataTests {

	private static final Set<String> WITHOUT_DEFAULT = Set.of("app.session.http-session.allowed-types",
			"app.session.keys", "app.session.anonymous-timeout", "app.session.cookie.domain",
			"app.session.cookie.max-age", "app.session.cookie.priority", "app.session.header.name",
			"app.session.principal.max-sessions", "app.session.jdbc.platform", "app.session.interop",
			"app.session.node.keys", "app.session.node.prefix", "app.session.node.browser-session",
			"app.session.memory.snapshot", "app.session.migrate-from", "app.session.migrate.allowed-types",
			"app.session.migrate.cookie-name");

	private final JsonNode metadata = read("META-INF/spring-configuration-metadata.json");

	@Test
	void eachPropertyHasADescriptionOfWholeSentences() {
		assertThat(properties()).hasSizeGreaterThan(25)
			.allSatisfy((property) -> assertThat(property.path("description").asString()).as(name(property))
				.matches("[A-Z].{10,}\\.")
				.doesNotContain("{@", "<", "\n"));
	}

	@Test
	void eachPropertyHasADefaultUnlessToSetNothingMeansSomethingElse() {
		assertThat(properties().stream()
			.filter((property) -> !property.has("defaultValue"))
			.map(ConfigurationMetadataTests::name)).containsExactlyInAnyOrderElementsOf(WITHOUT_DEFAULT);
	}

	@Test
	void theDefaultsAreThoseThatApply() {
		Map<String, Object> defaults = new HashMap<>();
		properties().stream().filter((property) -> property.has("defaultValue")).forEach((property) -> {
			JsonNode value = property.path("defaultValue");
			defaults.put(name(property), value.isArray() ? texts(value) : value.asString());
		});
		assertThat(defaults.remove("app.session.application")).isEqualTo("${spring.application.name:application}");
		assertThat(defaults).containsKey("app.session.redis.key-prefix");
		for (Class<?> type : List.of(SessionProperties.class, SessionRedisProperties.class)) {
			assertThat(bind(defaults, type)).usingRecursiveComparison().isEqualTo(bind(Map.of(), type));
		}
	}

	private static Object bind(Map<String, Object> properties, Class<?> type) {
		String prefix = type.getAnnotation(ConfigurationProperties.class).value();
		return new Binder(new MapConfigurationPropertySource(properties)).bindOrCreate(prefix, Bindable.of(type));
	}

	@Test
	void hintsAreForPropertiesThatThereAre() {
		assertThat(this.metadata.path("hints")).isNotEmpty()
			.allSatisfy((hint) -> assertThat(properties()).extracting(ConfigurationMetadataTests::name)
				.contains(name(hint)));
	}

	@Test
	void theReadmeListsEachPropertyWithDefaultAndDescription() throws IOException {
		String expected = properties().stream()
			.map(ConfigurationMetadataTests::row)
			.collect(Collectors.joining("\n", "| property | default | what it is |\n|---|---|---|\n", "\n"));
		String readme = Files.readString(Path.of("../README.md"));
		int start = readme.indexOf("| property |");
		assertThat(start).as("The README has no table of the properties; it is\n%s", expected).isNotNegative();
		String table = readme.substring(start).split("\n\n", 2)[0].strip() + "\n";
		assertThat(table).as("The table has to be\n%s", expected).isEqualTo(expected);
	}

	private static String row(JsonNode property) {
		String name = name(property).substring("app.session.".length());
		return "| `%s` | %s | %s |".formatted(name, defaultText(property), property.path("description").asString());
	}

	private static String defaultText(JsonNode property) {
		if (!property.has("defaultValue")) {
			return "";
		}
		JsonNode value = property.path("defaultValue");
		return texts(value).stream().map((text) -> "`" + text + "`").collect(Collectors.joining(", "));
	}

	private static List<String> texts(JsonNode value) {
		List<String> texts = new ArrayList<>();
		if (value.isArray()) {
			value.forEach((element) -> texts.add(element.asString()));
		}
		else {
			texts.add(value.asString());
		}
		return texts;
	}

	/** By name, the groups after what belongs to none. */
	private List<JsonNode> properties() {
		Set<String> names = new TreeSet<>();
		this.metadata.path("properties").forEach((property) -> names.add(name(property)));
		List<JsonNode> sorted = new ArrayList<>();
		for (boolean grouped : new boolean[] { false, true }) {
			for (String name : names) {
				if (name.substring("app.session.".length()).contains(".") == grouped) {
					this.metadata.path("properties").forEach((property) -> {
						if (name(property).equals(name)) {
							sorted.add(property);
						}
					});
				}
			}
		}
		return sorted;
	}

	private static String name(JsonNode node) {
		return node.path("name").asString();
	}

	private static JsonNode read(String resource) {
		try (InputStream stream = SessionProperties.class.getClassLoader().getResourceAsStream(resource)) {
			return new JsonMapper().readTree(stream);
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
	}

}
