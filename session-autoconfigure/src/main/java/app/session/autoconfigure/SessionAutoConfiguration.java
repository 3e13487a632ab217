package app.session.autoconfigure;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;

import app.session.AttributeMapperCustomizer;
import app.session.PrincipalIndex;
import app.session.SessionHook;
import app.session.SessionRepository;
import app.session.Sessions;
import app.session.codec.AttributeCodec;
import app.session.codec.StandIn;
import app.session.codec.TypedJson;
import app.session.core.EngineSettings;
import app.session.core.SessionEngine;
import app.session.crypto.SessionIdGenerator;
import app.session.store.memory.MemorySessionRepository;
import app.session.store.memory.MemorySnapshot;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;
import org.springframework.util.function.SingletonSupplier;

/**
 * Auto-configuration of the engine and its store, and so of {@link Sessions}: also for an
 * application that serves no requests and only looks after sessions.
 * <p>
 * The time comes from the application's own {@link InstantSource} (or
 * {@link java.time.Clock}) bean, if there is exactly one.
 */
@AutoConfiguration
@ConditionalOnBooleanProperty(name = "app.session.enabled", matchIfMissing = true)
@EnableConfigurationProperties(SessionProperties.class)
public final class SessionAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	SessionIdGenerator sessionIdGenerator() {
		return new SessionIdGenerator(new SecureRandom());
	}

	@Bean
	@ConditionalOnMissingBean
	AttributeCodec sessionAttributeCodec(SessionProperties properties,
			ObjectProvider<AttributeMapperCustomizer> customizers, ObjectProvider<HttpSessionValues> values,
			BeanFactory beanFactory) {
		List<AttributeMapperCustomizer> own = customizers.orderedStream().toList();
		List<HttpSessionValues> known = values.orderedStream().toList();
		JsonMapper.Builder declared = AttributeCodec.mapperBuilder();
		own.forEach((customizer) -> customizer.customize(declared));
		HttpSessionTypes types = new HttpSessionTypes(properties.httpSession().allowedTypes(), known, beanFactory);
		return new AttributeCodec(declared.build(), new TypedJson(() -> {
			JsonMapper.Builder builder = TypedJson.mapperBuilder();
			known.forEach((each) -> each.addTo(builder));
			own.forEach((customizer) -> customizer.customize(builder));
			return new TypedJson.Settings(builder, types.allowed(),
					known.stream().<StandIn<?>>flatMap((each) -> each.standIns().stream()).toList());
		}));
	}

	@Bean
	@ConditionalOnMissingBean
	SessionEngine sessionEngine(SessionRepository repository,
			@Qualifier(SessionMigrationAutoConfiguration.STORE) ObjectProvider<SessionRepository> migrating,
			AttributeCodec codec, SessionIdGenerator ids, SessionProperties properties,
			ObjectProvider<InstantSource> clock, ApplicationEventPublisher publisher,
			ObjectProvider<SessionHook> hooks) {
		EngineSettings settings = SessionSettings.engine(properties);
		Integer maxSessions = properties.principal().maxSessions();
		if (maxSessions != null && !(repository instanceof PrincipalIndex)) {
			throw PropertyChecks.invalid("principal.max-sessions", maxSessions,
					"The store, " + repository.getClass().getName() + ", does not know the sessions of a principal.",
					"Leave it out, or use a store that is a PrincipalIndex.");
		}
		// Not before they are needed: a hook may well have Sessions injected.
		// Also while another library's sessions are moved: what has ended leaves its mark
		// then.
		return new SessionEngine(migrating.getIfAvailable(() -> repository), codec, ids, settings, clock(clock),
				new ApplicationEvents(publisher), SingletonSupplier.of(() -> hooks.orderedStream().toList()));
	}

	@Bean
	@ConditionalOnMissingBean
	Sessions storedSessions(SessionEngine engine) {
		return engine.sessions();
	}

	/**
	 * The last resort: a store that there is would have made its bean by now.
	 */
	@Bean
	@ConditionalOnMissingBean
	@SuppressWarnings("DoNotCallSuggester")
	SessionRepository unknownSessionRepository(SessionProperties properties) {
		throw PropertyChecks.invalid("store", properties.store(), "There is no such store.",
				"Set it to memory, redis, jdbc or cookie, or define a SessionRepository bean.");
	}

	private static InstantSource clock(ObjectProvider<InstantSource> clock) {
		return clock.getIfUnique(InstantSource::system);
	}

	/** What Spring Security puts into an {@code HttpSession}. */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(name = { "org.springframework.security.jackson.SecurityJacksonModules",
			"org.springframework.security.web.csrf.DefaultCsrfToken", "jakarta.servlet.http.HttpSession" })
	static class SecurityValuesConfiguration {

		@Bean
		HttpSessionValues securitySessionValues(ResourceLoader loader) {
			return new HttpSessionValues.OfSpringSecurity(loader.getClassLoader());
		}

	}

	/** What Spring MVC puts into an {@code HttpSession}. */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(name = { "org.springframework.web.servlet.FlashMap", "jakarta.servlet.http.HttpSession" })
	static class FlashValuesConfiguration {

		@Bean
		HttpSessionValues flashSessionValues() {
			return new HttpSessionValues.OfSpringMvc();
		}

	}

	/** The store in memory. */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnMissingBean(SessionRepository.class)
	@ConditionalOnProperty(name = "app.session.store", havingValue = "memory", matchIfMissing = true)
	static class MemoryStoreConfiguration {

		@Bean
		@ConditionalOnMissingBean(SessionRepository.class)
		MemorySessionRepository memorySessionRepository(SessionProperties properties,
				ObjectProvider<InstantSource> clock, ApplicationEventPublisher publisher, Environment environment) {
			PropertyChecks.check(properties);
			MemorySessionRepository repository = new MemorySessionRepository(properties.memory().maxSessions(),
					clock(clock), new ApplicationEvents(publisher));
			MemorySnapshot snapshot = SnapshotSettings.snapshot(properties, environment, clock(clock));
			if (snapshot != null) {
				snapshot.keep(repository);
			}
			return repository;
		}

	}

}
