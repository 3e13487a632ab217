package app.session.autoconfigure;

import java.util.UUID;

import javax.sql.DataSource;

import app.session.SessionDataSource;
import app.session.SessionKey;
import app.session.SessionRepository;
import app.session.Sessions;
import app.session.store.jdbc.JdbcSessionRepository;
import app.session.store.memory.MemorySessionRepository;
import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * When there is a store in a SQL database, and over which connections.
 */
class SessionJdbcAutoConfigurationTests {

	private static final AutoConfigurations ALL = AutoConfigurations.of(DataSourceAutoConfiguration.class,
			SessionJdbcAutoConfiguration.class, SessionAutoConfiguration.class);

	private final ApplicationContextRunner plain = new ApplicationContextRunner().withConfiguration(ALL);

	private final ApplicationContextRunner runner = this.plain.withPropertyValues("app.session.store=jdbc",
			"spring.datasource.url=jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");

	@Test
	void thePropertyAndADataSourceAreEnough() {
		this.runner.run((context) -> {
			assertThat(context).hasNotFailed()
				.hasSingleBean(SessionRepository.class)
				.hasSingleBean(JdbcSessionRepository.class)
				.hasSingleBean(Sessions.class)
				.hasSingleBean(DataSource.class);
			assertThat(context.getBean(SessionRepository.class).find(new SessionKey(1, 2))).isNull();
		});
	}

	@Test
	void theStoreHasASmallPoolOfItsOwnWithItsTimeLimit() {
		this.runner.withPropertyValues("app.session.jdbc.pool-size=3", "app.session.store-timeout=1500ms")
			.run((context) -> {
				HikariDataSource own = (HikariDataSource) context.getBean(StoreDataSource.class).dataSource();
				assertThat(own).isNotSameAs(context.getBean(DataSource.class));
				assertThat(own.getMaximumPoolSize()).isEqualTo(3);
				assertThat(own.getConnectionTimeout()).isEqualTo(1500);
				assertThat(own.getTransactionIsolation()).isEqualTo("TRANSACTION_READ_COMMITTED");
				assertThat(own.isAutoCommit()).isTrue();
			});
	}

	@Test
	void thePoolEndsWithTheApplication() {
		HikariDataSource[] pool = new HikariDataSource[1];
		this.runner.run((context) -> pool[0] = (HikariDataSource) context.getBean(StoreDataSource.class).dataSource());
		assertThat(pool[0].isClosed()).isTrue();
	}

	@Test
	void aDataSourceThatIsMarkedIsUsedAsItIs() {
		this.runner.withUserConfiguration(Marked.class)
			.run((context) -> assertThat(context.getBean(StoreDataSource.class).dataSource())
				.isSameAs(context.getBean("marked")));
	}

	@Test
	void withoutThePropertySessionsStayInMemory() {
		this.plain.withPropertyValues("spring.datasource.url=jdbc:h2:mem:none")
			.run((context) -> assertThat(context).hasSingleBean(MemorySessionRepository.class)
				.doesNotHaveBean(StoreDataSource.class));
	}

	@Test
	void theApplicationsOwnStoreTakesItsPlace() {
		SessionRepository own = mock(SessionRepository.class);
		this.runner.withBean(SessionRepository.class, () -> own)
			.run((context) -> assertThat(context).hasSingleBean(SessionRepository.class)
				.doesNotHaveBean(StoreDataSource.class));
	}

	@Test
	void tablesThatAreMissingAreTold() {
		this.runner.withPropertyValues("app.session.jdbc.initialize-schema=never")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidSessionPropertyException.class)
				.hasMessageContaining("There is no table app_session")
				.hasMessageContaining("schema-*.sql"));
	}

	@Test
	void tablesHaveTheNameThatIsConfigured() {
		this.runner.withPropertyValues("app.session.jdbc.table-name=shop_sessions")
			.run((context) -> assertThat(context).hasNotFailed());
		this.runner.withPropertyValues("app.session.jdbc.table-name=x; DROP TABLE users")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("app.session.jdbc.table-name"));
	}

	@Test
	void aDatabaseThatIsNotThereYetIsNoReasonNotToStart() {
		this.plain
			.withPropertyValues("app.session.store=jdbc", "app.session.store-timeout=300ms",
					"spring.datasource.driver-class-name=org.h2.Driver",
					"spring.datasource.url=jdbc:h2:tcp://127.0.0.1:1/none")
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(JdbcSessionRepository.class));
	}

	@Test
	void withoutALibraryTheStarterIsNamed() {
		this.runner.withClassLoader(new FilteredClassLoader(JdbcConnectionDetails.class, HikariDataSource.class))
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("spring-boot-starter-jdbc"));
	}

	@Configuration(proxyBeanMethods = false)
	static class Marked {

		@Bean(defaultCandidate = false)
		@SessionDataSource
		HikariDataSource marked() {
			HikariDataSource dataSource = new HikariDataSource();
			dataSource.setJdbcUrl("jdbc:h2:mem:marked;DB_CLOSE_DELAY=-1");
			return dataSource;
		}

	}

}
