package app.session.autoconfigure;

import java.time.InstantSource;
import java.util.function.Function;
import java.util.function.LongSupplier;

import app.session.SessionMigration;
import app.session.SessionRepository;
import app.session.codec.AttributeCodec;
import app.session.core.LoggedIn;
import app.session.core.TokenFormat;
import app.session.crypto.SessionIds;
import app.session.store.ClientHeldSessions;
import app.session.store.SessionSource;
import app.session.store.SharedStore;
import app.session.store.SpringSessionRecords;
import app.session.store.jdbc.JdbcSpringSessions;
import app.session.store.memory.MemorySessionRepository;
import app.session.store.memory.MemorySnapshot;
import app.session.store.migrate.FormerTokens;
import app.session.store.migrate.MigratingStore;
import app.session.store.migrate.MigrationSettings;
import app.session.store.node.NodeFormer;
import app.session.store.redis.RedisSpringSessions;
import app.session.store.redis.RedisTexts;
import app.session.store.springsession.SpringSessionCookie;
import app.session.store.springsession.SpringSessionFormer;
import app.session.store.springsession.SpringSessionSettings;
import app.session.store.springsession.SpringSessionValues;
import app.session.web.ClientWay;
import app.session.web.NodeCookieCarrier;
import app.session.web.SessionCookie;
import app.session.web.servlet.PrincipalAttribute;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration of the move of sessions from one store to another, for
 * {@code app.session.migrate-from}.
 */
@AutoConfiguration(before = { SessionAutoConfiguration.class, SessionServletAutoConfiguration.class },
		after = { SessionRedisAutoConfiguration.class, SessionJdbcAutoConfiguration.class })
@ConditionalOnBooleanProperty(name = "app.session.enabled", matchIfMissing = true)
@ConditionalOnProperty("app.session.migrate-from")
@EnableConfigurationProperties({ SessionProperties.class, SessionNodeProperties.class, SessionMigrateProperties.class })
public final class SessionMigrationAutoConfiguration {

	/** The store that is being left, if it is one of ours. */
	static final String ORIGIN = "sessionMigrationOrigin";

	/** Both stores as one. */
	static final String STORE = "sessionMigratingStore";

	private static final Log logger = LogFactory.getLog(SessionMigrationAutoConfiguration.class);

	@Bean(name = STORE, defaultCandidate = false)
	MigratingStore sessionMigratingStore(SessionRepository target,
			@Qualifier(ORIGIN) ObjectProvider<SessionRepository> origin, ObjectProvider<FormerSessions> former,
			SessionProperties properties, SessionIds ids, ObjectProvider<InstantSource> clock) {
		SessionRepository left = origin.getIfAvailable();
		if (left == null && former.getIfAvailable() == null) {
			throw invalid(properties, "There is nothing that sessions could be moved from.",
					"Add what is needed for that store, as spring-boot-starter-data-redis, or leave it out.");
		}
		MigrationSettings settings = new MigrationSettings(properties.storeTimeout(),
				clock.getIfUnique(InstantSource::system), ids);
		try {
			return MigratingStore.of(target, SessionSource.of((left != null) ? left : new ClientHeldSessions()),
					settings);
		}
		catch (IllegalArgumentException ex) {
			throw invalid(properties, ex.getMessage() + ".", "Set app.session.store to memory, redis or jdbc.");
		}
	}

	@Bean
	@ConditionalOnMissingBean
	SessionMigration sessionMigration(@Qualifier(STORE) MigratingStore store, ObjectProvider<FormerSessions> former) {
		FormerSessions sessions = former.getIfAvailable();
		LongSupplier count = (sessions != null) ? sessions.count() : store::remaining;
		logger.info("Sessions are moved from the store that app.session.migrate-from names, each when it is first "
				+ "written; ask the bean SessionMigration how many are left, and leave the property out when there "
				+ "are none");
		return count::getAsLong;
	}

	/** The way of the clients that still have the cookie of another library. */
	@Bean
	@ConditionalOnBean(FormerSessions.class)
	FormerWay sessionFormerWay(FormerSessions former, @Qualifier(STORE) MigratingStore store, TokenFormat own,
			SessionCookie cookie) {
		return new FormerWay(
				new ClientWay(new NodeCookieCarrier(cookie.named(former.cookieName()), former.signedApart()),
						new FormerTokens(former.format(), own, store)));
	}

	private static InvalidSessionPropertyException invalid(SessionProperties properties, @Nullable String reason,
			String action) {
		return PropertyChecks.invalid("migrate-from", properties.migrateFrom(), String.valueOf(reason), action);
	}

	private static void checkOther(SessionProperties properties, String store) {
		if (properties.store().equals(store)) {
			throw invalid(properties, "Sessions are kept there already.", "Leave it out, or choose another store.");
		}
	}

	private static FormerSessions springSession(SpringSessionRecords records, AttributeCodec codec,
			SessionProperties properties, SessionMigrateProperties migrate, InstantSource clock,
			ObjectProvider<PrincipalAttribute> principal) {
		SpringSessionFormer former = new SpringSessionFormer(records,
				new SpringSessionValues(codec, migrate.allowedTypes()),
				new SpringSessionSettings(SessionSettings.engine(properties), clock,
						principal.stream()
							.findFirst()
							.<Function<Object, @Nullable LoggedIn>>map(
									(attribute) -> (value) -> attribute.user().apply(value))
							.orElse((value) -> null)));
		return new FormerSessions(former, migrate.cookieName(SpringSessionCookie.NAME), false, records::count);
	}

	/** Out of what an application left that had its sessions in memory. */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnProperty(name = "app.session.migrate-from", havingValue = "memory")
	static class MemoryOrigin {

		@Bean(name = ORIGIN, defaultCandidate = false)
		MemorySessionRepository sessionMigrationOrigin(SessionProperties properties, Environment environment,
				ObjectProvider<InstantSource> clock, ApplicationEventPublisher publisher) {
			checkOther(properties, "memory");
			InstantSource time = clock.getIfUnique(InstantSource::system);
			MemorySnapshot snapshot = SnapshotSettings.snapshot(properties, environment, time);
			if (snapshot == null) {
				throw invalid(properties, "Sessions in memory end with their process, unless it has left a snapshot.",
						"Set app.session.memory.snapshot to the file that it has left, and app.session.keys to its keys.");
			}
			MemorySessionRepository repository = new MemorySessionRepository(properties.memory().maxSessions(), time,
					new ApplicationEvents(publisher));
			snapshot.keep(repository);
			return repository;
		}

	}

	/** Out of a SQL database. */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(name = { "org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails",
			"com.zaxxer.hikari.HikariDataSource" })
	static class JdbcOrigins {

		@Bean(name = ORIGIN, defaultCandidate = false)
		@ConditionalOnProperty(name = "app.session.migrate-from", havingValue = "jdbc")
		SharedStore sessionMigrationOrigin(JdbcStores stores, SessionProperties properties) {
			checkOther(properties, "jdbc");
			return stores.repository();
		}

		@Bean
		@ConditionalOnProperty(name = "app.session.migrate-from", havingValue = "spring-session-jdbc")
		FormerSessions formerSpringSessions(JdbcStores stores, AttributeCodec codec, SessionProperties properties,
				SessionMigrateProperties migrate, ObjectProvider<InstantSource> clock,
				ObjectProvider<PrincipalAttribute> principal) {
			InstantSource time = clock.getIfUnique(InstantSource::system);
			return springSession(new JdbcSpringSessions(stores.dataSource(), migrate.springSessionTable(),
					properties.storeTimeout(), time), codec, properties, migrate, time, principal);
		}

	}

	/** Out of Redis. */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(name = "org.springframework.data.redis.connection.RedisConnectionFactory")
	static class RedisOrigins {

		@Bean(name = ORIGIN, defaultCandidate = false)
		@ConditionalOnProperty(name = "app.session.migrate-from", havingValue = "redis")
		SharedStore sessionMigrationOrigin(RedisStores stores, SessionProperties properties) {
			checkOther(properties, "redis");
			return stores.repository();
		}

		@Bean(defaultCandidate = false)
		@ConditionalOnNode
		RedisTexts formerNodeTexts(RedisStores stores) {
			return new RedisTexts(stores.connections());
		}

		@Bean
		@ConditionalOnNode
		FormerSessions formerNodeSessions(@Qualifier("formerNodeTexts") RedisTexts texts, SessionProperties properties,
				SessionNodeProperties node, SessionCookie cookie, SessionMigrateProperties migrate,
				ObjectProvider<InstantSource> clock, ApplicationEventPublisher publisher) {
			NodeFormats formats = new NodeFormats(properties, node, clock.getIfUnique(InstantSource::system),
					new ApplicationEvents(publisher));
			if (properties.migrateFrom() == MigrationSource.EXPRESS) {
				return new FormerSessions(new NodeFormer(formats.express(texts, cookie)),
						migrate.cookieName(NodeFormats.EXPRESS_COOKIE), false,
						() -> texts.count(formats.expressPrefix()));
			}
			String name = migrate.cookieName(NodeFormats.KOA_COOKIE);
			return new FormerSessions(new NodeFormer(formats.koa(texts, name)), name, node.signed(),
					() -> texts.count(formats.koaPrefix()));
		}

		@Bean(defaultCandidate = false)
		@ConditionalOnProperty(name = "app.session.migrate-from", havingValue = "spring-session-redis")
		RedisSpringSessions redisSpringSessions(RedisStores stores, SessionMigrateProperties migrate) {
			return new RedisSpringSessions(stores.connections(), migrate.springSessionNamespace());
		}

		@Bean
		@ConditionalOnProperty(name = "app.session.migrate-from", havingValue = "spring-session-redis")
		FormerSessions formerSpringSessions(@Qualifier("redisSpringSessions") RedisSpringSessions records,
				AttributeCodec codec, SessionProperties properties, SessionMigrateProperties migrate,
				ObjectProvider<InstantSource> clock, ObjectProvider<PrincipalAttribute> principal) {
			return springSession(records, codec, properties, migrate, clock.getIfUnique(InstantSource::system),
					principal);
		}

	}

}
