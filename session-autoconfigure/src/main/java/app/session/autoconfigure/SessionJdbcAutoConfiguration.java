package app.session.autoconfigure;

import java.time.Duration;
import java.time.InstantSource;

import javax.sql.DataSource;

import app.session.SessionDataSource;
import app.session.SessionRepository;
import app.session.store.jdbc.JdbcSessionRepository;
import com.zaxxer.hikari.HikariDataSource;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.sql.init.dependency.DatabaseInitializationDependencyConfigurer;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.ImportRuntimeHints;

/**
 * Auto-configuration of the store in a SQL database, for {@code app.session.store=jdbc}.
 */
@AutoConfiguration(before = SessionAutoConfiguration.class,
		afterName = "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration")
@ConditionalOnBooleanProperty(name = "app.session.enabled", matchIfMissing = true)
@ConditionalOnStore("jdbc")
@EnableConfigurationProperties(SessionProperties.class)
public final class SessionJdbcAutoConfiguration {

	private static final String STARTER = "Add spring-boot-starter-jdbc and the driver of the database, or choose "
			+ "another store.";

	private static InvalidSessionPropertyException impossible(String reason, String action) {
		return PropertyChecks.invalid("store", "jdbc", reason, action);
	}

	/** The store. */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ JdbcConnectionDetails.class, HikariDataSource.class })
	@EnableConfigurationProperties(SessionJdbcProperties.class)
	@Import(DatabaseInitializationDependencyConfigurer.class)
	@ImportRuntimeHints(SessionSchemaRuntimeHints.class)
	static class StoreConfiguration {

		@Bean
		StoreDataSource sessionStoreDataSource(SessionProperties properties, SessionJdbcProperties jdbc,
				@SessionDataSource ObjectProvider<DataSource> own, ObjectProvider<JdbcConnectionDetails> details,
				ObjectProvider<DataSource> application) {
			PropertyChecks.check(properties);
			PropertyChecks.check(jdbc);
			Duration timeout = properties.storeTimeout();
			DataSource given = own.getIfUnique();
			if (given != null) {
				return StoreDataSource.given(given);
			}
			JdbcConnectionDetails known = details.getIfUnique();
			if (known != null) {
				return StoreDataSource.pool(known, jdbc.poolSize(), timeout);
			}
			DataSource other = application.getIfUnique();
			StoreDataSource like = (other != null) ? StoreDataSource.like(other, jdbc.poolSize(), timeout) : null;
			if (like == null) {
				throw impossible("It is not known where the database is.",
						"Set spring.datasource.url, or mark a DataSource bean @SessionDataSource.");
			}
			return like;
		}

		@Bean
		@ConditionalOnMissingBean
		SessionSchemaInitializer sessionSchemaInitializer(StoreDataSource source, SessionJdbcProperties jdbc) {
			return new SessionSchemaInitializer(source.dataSource(), jdbc);
		}

		@Bean
		@DependsOnDatabaseInitialization
		JdbcStores sessionJdbcStores(StoreDataSource source, SessionProperties properties, SessionJdbcProperties jdbc,
				ObjectProvider<InstantSource> clock, ApplicationEventPublisher publisher) {
			return new JdbcStores(source.dataSource(), properties, jdbc, clock.getIfUnique(InstantSource::system),
					new ApplicationEvents(publisher));
		}

		@Bean
		@ConditionalOnMissingBean(SessionRepository.class)
		@ConditionalOnProperty(name = "app.session.store", havingValue = "jdbc")
		JdbcSessionRepository jdbcSessionRepository(JdbcStores stores) {
			return stores.repository();
		}

	}

	/** Instead of it, the reason why there is none. */
	@Configuration(proxyBeanMethods = false)
	@Conditional(LibraryMissing.class)
	static class LibraryMissingConfiguration {

		@Bean
		@ConditionalOnMissingBean(SessionRepository.class)
		@ConditionalOnProperty(name = "app.session.store", havingValue = "jdbc")
		@SuppressWarnings("DoNotCallSuggester")
		SessionRepository jdbcSessionRepository() {
			throw impossible("Spring Boot's JDBC support, or HikariCP, is not on the class path.", STARTER);
		}

	}

	/** One of both is missing. */
	static final class LibraryMissing extends AnyNestedCondition {

		LibraryMissing() {
			super(ConfigurationPhase.REGISTER_BEAN);
		}

		@ConditionalOnMissingClass("org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails")
		static class BootMissing {

		}

		@ConditionalOnMissingClass("com.zaxxer.hikari.HikariDataSource")
		static class PoolMissing {

		}

	}

}
