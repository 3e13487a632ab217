package app.session.peers;

import java.util.UUID;

import app.session.Session;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.data.redis.core.StringRedisTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A prefix for what stands in Redis. The cookie says nothing of it.
 */
@ParameterizedClass
@EnumSource(names = "REDIS")
class PrefixTests extends PeerTests {

	private static final String PREFIX = "sess-" + UUID.randomUUID() + ":";

	PrefixTests() {
		super("app.session.redis.key-prefix=" + PREFIX);
	}

	@Test
	@Expectation({ "b.56", "prefix" })
	void theKeysInRedisHaveThePrefixAndTheDataComesBack() {
		Visitor visitor = returning();
		assertThat(visitor.cookie().getValue()).hasSize(108).doesNotContain("sess");
		assertThat(visitor.ask(Session::toMap).body()).isEqualTo("{message=hello}");
		assertThat(bean(StringRedisTemplate.class).keys(PREFIX + "*")).isNotEmpty();
	}

}
