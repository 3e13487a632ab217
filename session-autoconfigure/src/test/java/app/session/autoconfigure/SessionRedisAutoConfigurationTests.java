package app.session.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import app.session.SessionRedisConnectionFactory;
import app.session.SessionRepository;
import app.session.Sessions;
import app.session.store.memory.MemorySessionRepository;
import app.session.store.redis.RedisSessionRepository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.data.redis.connection.RedisConfiguration;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.RedisStaticMasterReplicaConfiguration;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.test.util.ReflectionTestUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * When there is a store in Redis, and over which connections. None of these needs a
 * server: a connection is made when the first command is sent.
 */
class SessionRedisAutoConfigurationTests {

	private static final AutoConfigurations ALL = AutoConfigurations.of(DataRedisAutoConfiguration.class,
			SessionRedisAutoConfiguration.class, SessionAutoConfiguration.class);

	private final ApplicationContextRunner plain = new ApplicationContextRunner().withConfiguration(ALL);

	private final ApplicationContextRunner runner = this.plain.withPropertyValues("app.session.store=redis");

	@Test
	void thePropertyAndTheStarterAreEnough() {
		this.runner.run((context) -> assertThat(context).hasNotFailed()
			.hasSingleBean(SessionRepository.class)
			.hasSingleBean(RedisSessionRepository.class)
			.hasSingleBean(Sessions.class)
			.hasSingleBean(RedisConnectionFactory.class));
	}

	@Test
	void withoutThePropertySessionsStayInMemory() {
		this.plain.run((context) -> assertThat(context).hasNotFailed()
			.hasSingleBean(MemorySessionRepository.class)
			.doesNotHaveBean(RedisSessionRepository.class));
	}

	@Test
	void whenDisabledThereIsNoStore() {
		this.runner.withPropertyValues("app.session.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(SessionRepository.class));
	}

	@Test
	void theApplicationsOwnStoreTakesItsPlace() {
		SessionRepository own = mock(SessionRepository.class);
		this.runner.withBean(SessionRepository.class, () -> own)
			.run((context) -> assertThat(context.getBean(SessionRepository.class)).isSameAs(own));
	}

	@Test
	void cookiesOfASharedStoreNeedKeys() {
		new WebApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(DataRedisAutoConfiguration.class, SessionRedisAutoConfiguration.class,
							SessionAutoConfiguration.class, SessionServletAutoConfiguration.class))
			.withPropertyValues("app.session.store=redis")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidSessionPropertyException.class)
				.hasMessageContaining("app.session.keys"));
	}

	@Test
	void theStoreHasItsOwnTimeLimitOverLettuceAndTheApplicationKeepsIts() {
		this.runner
			.withPropertyValues("spring.data.redis.client-type=lettuce", "spring.data.redis.timeout=40s",
					"spring.data.redis.connect-timeout=30s", "spring.data.redis.host=127.0.0.2",
					"spring.data.redis.port=7777", "spring.data.redis.database=3", "spring.data.redis.password=secret",
					"spring.data.redis.lettuce.read-from=replica-preferred", "app.session.store-timeout=1500ms")
			.run((context) -> {
				LettuceConnectionFactory own = (LettuceConnectionFactory) factory(context);
				LettuceConnectionFactory application = context.getBean(LettuceConnectionFactory.class);
				assertThat(own).isNotSameAs(application);
				assertThat(own.getTimeout()).isEqualTo(1500);
				assertThat(own.getClientConfiguration().getReadFrom()).isEmpty();
				assertThat(own.getClientConfiguration().getClientOptions()).hasValueSatisfying((options) -> {
					assertThat(options.getSocketOptions().getConnectTimeout()).isEqualTo(Duration.ofMillis(1500));
					assertThat(options.getDisconnectedBehavior()).hasToString("REJECT_COMMANDS");
				});
				assertThat(own.getHostName()).isEqualTo("127.0.0.2");
				assertThat(own.getPort()).isEqualTo(7777);
				assertThat(own.getDatabase()).isEqualTo(3);
				assertThat(own.getPassword()).isEqualTo("secret");
				assertThat(application.getTimeout()).isEqualTo(40_000);
				assertThat(application.getClientConfiguration().getReadFrom()).isPresent();
				assertThat(application.getClientConfiguration().getClientOptions()).hasValueSatisfying(
						(options) -> assertThat(options.getDisconnectedBehavior()).hasToString("DEFAULT"));
			});
	}

	@Test
	void theStoreHasItsOwnTimeLimitOverJedisAndTheApplicationKeepsIts() {
		this.runner
			.withPropertyValues("spring.data.redis.client-type=jedis", "spring.data.redis.timeout=40s",
					"spring.data.redis.host=127.0.0.2", "spring.data.redis.port=7777", "spring.data.redis.database=3",
					"spring.data.redis.password=secret", "spring.data.redis.jedis.pool.max-active=3",
					"app.session.store-timeout=1500ms")
			.run((context) -> {
				JedisConnectionFactory own = (JedisConnectionFactory) factory(context);
				JedisConnectionFactory application = context.getBean(JedisConnectionFactory.class);
				assertThat(own).isNotSameAs(application);
				assertThat(own.getTimeout()).isEqualTo(1500);
				assertThat(own.getClientConfiguration().getConnectTimeout()).isEqualTo(Duration.ofMillis(1500));
				assertThat(own.getPoolConfig().getMaxTotal()).isEqualTo(3);
				assertThat(own.getPoolConfig().getMaxWaitDuration()).isEqualTo(Duration.ofMillis(1500));
				assertThat(own.getHostName()).isEqualTo("127.0.0.2");
				assertThat(own.getPort()).isEqualTo(7777);
				assertThat(own.getDatabase()).isEqualTo(3);
				assertThat(own.getPassword()).isEqualTo("secret");
				assertThat(application.getTimeout()).isEqualTo(40_000);
				assertThat(application.getPoolConfig().getMaxWaitDuration()).isNegative();
			});
	}

	@Test
	void whereAFactoryOfLettuceLeadsIsNotWhatItTells() {
		RedisConfiguration server = new RedisStandaloneConfiguration("127.0.0.2", 7777);
		this.runner.withBean(RedisConnectionFactory.class, () -> new LettuceConnectionFactory(server))
			.run((context) -> {
				LettuceConnectionFactory own = (LettuceConnectionFactory) factory(context);
				assertThat(own.getHostName()).isEqualTo("127.0.0.2");
				assertThat(own.getPort()).isEqualTo(7777);
			});
	}

	@Test
	void whereASentinelKnowsTheMasterTheStoreAsksItToo() {
		this.runner
			.withPropertyValues("spring.data.redis.client-type=lettuce", "spring.data.redis.sentinel.master=shop",
					"spring.data.redis.sentinel.nodes=127.0.0.2:26379")
			.run((context) -> assertThat(((LettuceConnectionFactory) factory(context)).getSentinelConfiguration())
				.isSameAs(context.getBean(LettuceConnectionFactory.class).getSentinelConfiguration())
				.isNotNull());
	}

	@Test
	void theStoresOwnConnectionsEndWithTheApplication() {
		this.runner.withPropertyValues("spring.data.redis.client-type=lettuce").run((context) -> {
			LettuceConnectionFactory own = (LettuceConnectionFactory) factory(context);
			assertThat(own.isRunning()).isTrue();
			context.close();
			assertThat(own.isRunning()).isFalse();
		});
	}

	@Test
	void aFactoryThatIsMarkedIsUsedAsItIs() {
		this.runner.withUserConfiguration(Marked.class)
			.run((context) -> assertThat(factory(context)).isSameAs(context.getBean("marked")));
	}

	@Test
	void ofSeveralFactoriesNoneIsGuessed() {
		this.runner.withBean("one", RedisConnectionFactory.class, () -> mock(RedisConnectionFactory.class))
			.withBean("other", RedisConnectionFactory.class, () -> mock(RedisConnectionFactory.class))
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidSessionPropertyException.class)
				.hasMessageContaining("not exactly one RedisConnectionFactory bean")
				.hasMessageContaining("@SessionRedisConnectionFactory"));
	}

	@Test
	void withoutAFactoryItSaysWhichStarterIsMissing() {
		new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(SessionRedisAutoConfiguration.class, SessionAutoConfiguration.class))
			.withPropertyValues("app.session.store=redis")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidSessionPropertyException.class)
				.hasMessageContaining("spring-boot-starter-data-redis"));
	}

	@Test
	void withoutTheLibraryItSaysWhichStarterIsMissing() {
		new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(SessionRedisAutoConfiguration.class, SessionAutoConfiguration.class))
			.withPropertyValues("app.session.store=redis")
			.withClassLoader(new FilteredClassLoader("org.springframework.data.redis", "io.lettuce", "redis.clients"))
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidSessionPropertyException.class)
				.hasMessageContaining("Spring Data Redis is not on the class path")
				.hasMessageContaining("spring-boot-starter-data-redis"));
	}

	@Test
	void eitherDriverAloneWillDo() {
		this.runner.withClassLoader(new FilteredClassLoader("redis.clients"))
			.run((context) -> assertThat(factory(context)).isInstanceOf(LettuceConnectionFactory.class));
		this.runner.withClassLoader(new FilteredClassLoader("io.lettuce"))
			.run((context) -> assertThat(factory(context)).isInstanceOf(JedisConnectionFactory.class));
	}

	@Test
	void aMasterAndItsReplicasCantBeAskedWhereTheyAre() {
		this.runner
			.withBean(RedisConnectionFactory.class,
					() -> new LettuceConnectionFactory(new RedisStaticMasterReplicaConfiguration("127.0.0.2")))
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidSessionPropertyException.class)
				.hasMessageContaining("does not tell where they are")
				.hasMessageContaining("@SessionRedisConnectionFactory"));
	}

	@Test
	void aClusterIsNotToldToWaitForReplicas() {
		this.runner
			.withPropertyValues("spring.data.redis.client-type=lettuce",
					"spring.data.redis.cluster.nodes=127.0.0.2:6379", "app.session.redis.replicas-for-logout=1")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidSessionPropertyException.class)
				.hasMessageContaining("app.session.redis.replicas-for-logout"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "{shop}:", "shop{1}session:", "shop{{}:" })
	void ofAClusterAllNodesHaveTheirShareOfTheKeys(String prefix) {
		ApplicationContextRunner cluster = this.runner.withPropertyValues("spring.data.redis.client-type=lettuce",
				"app.session.redis.key-prefix=" + prefix);
		cluster.withPropertyValues("spring.data.redis.cluster.nodes=127.0.0.2:6379")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidSessionPropertyException.class)
				.hasMessageStartingWith("app.session.redis.key-prefix is '" + prefix + "': Redis is a cluster"));
		cluster.run((context) -> assertThat(context).hasNotFailed());
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}:", "}shop{:", "shop{:" })
	void whatRedisDoesNotTakeForATagIsAPrefixLikeAnyOther(String prefix) {
		this.runner
			.withPropertyValues("spring.data.redis.client-type=lettuce",
					"spring.data.redis.cluster.nodes=127.0.0.2:6379", "app.session.redis.key-prefix=" + prefix)
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void aPrefixThatIsLongOrNoTextStopsTheApplication() {
		for (String prefix : List.of("p".repeat(257), "\uD83D:")) {
			this.runner.withPropertyValues("app.session.redis.key-prefix=" + prefix)
				.run((context) -> assertThat(context).getFailure()
					.rootCause()
					.isInstanceOf(InvalidSessionPropertyException.class)
					.hasMessageStartingWith("app.session.redis.key-prefix is '"));
		}
		this.runner.withPropertyValues("app.session.redis.key-prefix=" + "p".repeat(256))
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "key-prefix=|redis.key-prefix is '': Every key begins with it.",
					"key-prefix=a b|redis.key-prefix is 'a b': Every key begins with it.",
					"sweep-interval=0|redis.sweep-interval is '0s': It is a length of time.",
					"replicas-for-logout=-1|redis.replicas-for-logout is '-1': It is a number of replicas." })
	void whatMakesNoSenseStopsTheApplication(String property, String reason) {
		this.runner.withPropertyValues("app.session.redis." + property)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidSessionPropertyException.class)
				.hasMessageStartingWith("app.session." + reason));
	}

	private static Object factory(ApplicationContext context) {
		Object connections = ReflectionTestUtils.getField(context.getBean(RedisSessionRepository.class), "connections");
		Object factory = ReflectionTestUtils.getField(connections, "factory");
		return (factory instanceof AtomicReference<?> reference) ? reference.get() : factory;
	}

	@Configuration(proxyBeanMethods = false)
	static class Marked {

		@Bean
		@Primary
		RedisConnectionFactory applications() {
			return mock(RedisConnectionFactory.class);
		}

		@Bean
		@SessionRedisConnectionFactory
		RedisConnectionFactory marked() {
			return mock(RedisConnectionFactory.class);
		}

	}

}
