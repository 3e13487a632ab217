package app.session.store.springsession;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import app.session.SessionRecord;
import app.session.codec.AttributeCodec;
import app.session.codec.AttributesFormat;
import app.session.codec.EncodedValue;
import app.session.codec.StoredAttributes;
import app.session.core.EngineSettings;
import app.session.server.PostgresServer;
import app.session.server.RedisServers;
import app.session.store.SpringSessionRecords;
import app.session.store.jdbc.JdbcSpringSessions;
import app.session.store.redis.RedisConnections;
import app.session.store.redis.RedisSpringSessions;
import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.core.io.ClassPathResource;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.RedisTemplate;
import org.springframework.data.redis.serializer.GenericJacksonJsonRedisSerializer;
import org.springframework.data.redis.serializer.RedisSerializer;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;
import org.springframework.session.data.redis.RedisIndexedSessionRepository;
import org.springframework.session.data.redis.RedisSessionRepository;
import org.springframework.session.jdbc.JdbcIndexedSessionRepository;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sessions that the real Spring Session has stored, in each of its ways.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SpringSessionSourceTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private final AttributeCodec codec = new AttributeCodec(AttributeCodec.mapperBuilder().build());

	private final SpringSessionValues values = new SpringSessionValues(this.codec, List.of());

	private final LettuceConnectionFactory redis = new LettuceConnectionFactory("127.0.0.1",
			RedisServers.embedded().port());

	private final HikariDataSource database = new HikariDataSource();

	private RedisConnections connections;

	@BeforeAll
	void connect() {
		this.redis.afterPropertiesSet();
		this.redis.start();
		this.connections = RedisConnections.like(this.redis, TIMEOUT);
		this.database.setJdbcUrl(PostgresServer.url());
		this.database.setUsername("postgres");
		new ResourceDatabasePopulator(new ClassPathResource("org/springframework/session/jdbc/schema-postgresql.sql"))
			.execute(this.database);
	}

	@AfterAll
	void close() {
		new JdbcTemplate(this.database).execute("DROP TABLE SPRING_SESSION_ATTRIBUTES, SPRING_SESSION");
		this.database.close();
		this.connections.close();
		this.redis.destroy();
	}

	Stream<Layout> layouts() {
		return Stream.of(redis("default", RedisSerializer.java(), RedisSessionRepository::new, (repository, name) -> {
			((RedisSessionRepository) repository).setRedisKeyNamespace(name);
		}), redis("indexed", RedisSerializer.java(), RedisIndexedSessionRepository::new, (repository, name) -> {
			((RedisIndexedSessionRepository) repository).setRedisKeyNamespace(name);
		}), redis("JSON", GenericJacksonJsonRedisSerializer.builder().enableUnsafeDefaultTyping().build(),
				RedisSessionRepository::new, (repository, name) -> {
					((RedisSessionRepository) repository).setRedisKeyNamespace(name);
				}),
				new Layout("SQL",
						new JdbcIndexedSessionRepository(new JdbcTemplate(this.database),
								new TransactionTemplate(new DataSourceTransactionManager(this.database))),
						new JdbcSpringSessions(this.database, "SPRING_SESSION", TIMEOUT, InstantSource.system())));
	}

	private <R extends SessionRepository<?>> Layout redis(String name, RedisSerializer<Object> serializer,
			Function<RedisTemplate<String, Object>, R> repositories, Naming naming) {
		RedisTemplate<String, Object> template = new RedisTemplate<>();
		template.setConnectionFactory(this.redis);
		template.setKeySerializer(RedisSerializer.string());
		template.setHashKeySerializer(RedisSerializer.string());
		template.setDefaultSerializer(serializer);
		template.afterPropertiesSet();
		R repository = repositories.apply(template);
		String namespace = "shop" + Long.toHexString(ThreadLocalRandom.current().nextLong());
		naming.name(repository, namespace);
		return new Layout("Redis, " + name, repository, new RedisSpringSessions(this.connections, namespace));
	}

	@ParameterizedTest
	@MethodSource("layouts")
	void whatASessionHoldsComesThrough(Layout layout) {
		Instant now = Instant.now();
		String id = layout.store((session) -> {
			session.setMaxInactiveInterval(Duration.ofMinutes(47));
			session.setAttribute("counter", 41);
			session.setAttribute("name", "Zoë");
			session.setAttribute("items", new ArrayList<>(List.of("apple", "pear")));
			session.setAttribute("since", new Date(1_600_000_000_000L));
			session.setAttribute(FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME, "alice");
		});
		SpringSessionSource source = source(layout, id, InstantSource.system());
		SessionRecord record = source.find(source.id().key());
		assertThat(record).isNotNull();
		assertThat(record.secretHash()).isEqualTo(source.id().secretHash());
		assertThat(record.principal()).isEqualTo("alice");
		assertThat(record.creationTime()).isBetween(now.minusSeconds(1), now.plusSeconds(20));
		assertThat(record.lastAccessedTime()).isBetween(record.creationTime(), now.plusSeconds(20));
		assertThat(record.lifetime()).isEqualTo(EngineSettings.DEFAULTS.maxLifetime());
		assertThat(record.idleTimeout()).isEqualTo(EngineSettings.DEFAULTS.idleTimeout(Duration.ofMinutes(47)));
		StoredAttributes attributes = AttributesFormat.read(record.data());
		assertThat(attributes.ownTimeout()).isEqualTo(Duration.ofMinutes(47));
		assertThat(attributes.values()).containsOnlyKeys("counter", "name", "items", "since");
		assertThat(attributes.values()
			.entrySet()
			.stream()
			.collect(Collectors.<Map.Entry<String, EncodedValue>, String, Object>toMap(Map.Entry::getKey,
					(each) -> this.codec.decodeNatural(each.getValue()))))
			.isEqualTo(Map.of("counter", 41, "name", "Zoë", "items", List.of("apple", "pear"), "since",
					new Date(1_600_000_000_000L)));
		assertThat(this.codec.<Integer>decode(attributes.values().get("counter"), int.class)).isEqualTo(41);
		assertThat(this.codec.<List<?>>decode(attributes.values().get("items"), List.class)).hasSize(2);
		assertThat(source.delete(source.id().key())).isTrue();
	}

	@ParameterizedTest
	@MethodSource("layouts")
	void aSessionIsDeletedByOneCaller(Layout layout) {
		String id = layout.store((session) -> session.setAttribute("counter", 1));
		SpringSessionSource source = source(layout, id, InstantSource.system());
		assertThat(source.count()).isEqualTo(1);
		assertThat(Stream.generate(() -> source).limit(8).parallel().filter((each) -> each.delete(each.id().key())))
			.hasSize(1);
		assertThat(source.find(source.id().key())).isNull();
		assertThat(layout.repository().findById(id)).isNull();
		assertThat(source.count()).isZero();
	}

	@ParameterizedTest
	@MethodSource("layouts")
	void aSessionIsKnownToNobodyElse(Layout layout) {
		String id = layout.store((session) -> session.setAttribute("counter", 1));
		SpringSessionSource other = source(layout, UUID.randomUUID().toString(), InstantSource.system());
		SpringSessionSource source = source(layout, id, InstantSource.system());
		assertThat(other.find(source.id().key())).isNull();
		assertThat(other.find(other.id().key())).isNull();
		assertThat(other.delete(source.id().key())).isFalse();
		assertThat(source.delete(source.id().key())).isTrue();
	}

	@ParameterizedTest
	@MethodSource("layouts")
	void aSessionExpiresWhenSpringSessionSaysSo(Layout layout) {
		String id = layout.store((session) -> session.setMaxInactiveInterval(Duration.ofMinutes(10)));
		Instant start = layout.repository().findById(id).getLastAccessedTime();
		SpringSessionSource before = source(layout, id, InstantSource.fixed(start.plusSeconds(599)));
		SpringSessionSource after = source(layout, id, InstantSource.fixed(start.plusSeconds(600)));
		assertThat(before.find(before.id().key())).isNotNull();
		assertThat(after.find(after.id().key())).isNull();
		assertThat(after.delete(after.id().key())).isTrue();
	}

	@ParameterizedTest
	@MethodSource("layouts")
	void aLoginThatIsNotReadIsNone(Layout layout) {
		String id = layout.store((session) -> {
			session.setAttribute("SPRING_SECURITY_CONTEXT", "no login");
			session.setAttribute("counter", 3);
			session.setAttribute(FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME, "alice");
		});
		SpringSessionSource source = source(layout, id, InstantSource.system());
		SessionRecord record = source.find(source.id().key());
		assertThat(record).isNotNull();
		assertThat(record.principal()).isNull();
		assertThat(source.delete(source.id().key())).isTrue();
	}

	private SpringSessionSource source(Layout layout, String id, InstantSource clock) {
		return new SpringSessionSource(layout.records(), id, this.values,
				new SpringSessionSettings(EngineSettings.DEFAULTS, clock, (context) -> null));
	}

	/** Gives a repository a namespace. */
	interface Naming {

		void name(SessionRepository<?> repository, String namespace);

	}

	/**
	 * A way of Spring Session to store sessions.
	 */
	record Layout(String name, SessionRepository<?> repository, SpringSessionRecords records) {

		String store(Consumer<Session> content) {
			return store(this.repository, content);
		}

		private static <S extends Session> String store(SessionRepository<S> repository, Consumer<Session> content) {
			S session = repository.createSession();
			content.accept(session);
			repository.save(session);
			return session.getId();
		}

		@Override
		public String toString() {
			return this.name;
		}

	}

}
