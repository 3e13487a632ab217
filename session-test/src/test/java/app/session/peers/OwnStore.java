package app.session.peers;

import java.time.InstantSource;

import app.session.SessionRepository;
import app.session.http.CountingRepository;
import app.session.store.memory.MemorySessionRepository;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * A store of the application's own, which writes down its calls.
 */
@Configuration(proxyBeanMethods = false)
class OwnStore {

	@Bean
	SessionRepository ownRepository(ObjectProvider<InstantSource> clock) {
		return new CountingRepository(
				new MemorySessionRepository(1000, clock.getIfUnique(InstantSource::system), (event) -> {
				}));
	}

}
