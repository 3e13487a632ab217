package app.session.autoconfigure;

import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

import app.session.AttributeMapperCustomizer;
import app.session.AttributeNotStorableException;
import app.session.StoredException;
import app.session.codec.AttributeCodec;
import app.session.security.json.StoredAuthenticationException;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.web.servlet.FlashMap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What Spring puts into an {@code HttpSession} is known where it is on the class path.
 */
class HttpSessionValuesTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SessionAutoConfiguration.class));

	private static Object comesBack(AttributeCodec codec, Object value) {
		return Objects.requireNonNull(codec.decodeNatural(codec.encodeObject("a", value)));
	}

	private static SecurityContextImpl login() {
		return new SecurityContextImpl(UsernamePasswordAuthenticationToken.authenticated(
				User.withUsername("user").password("x").roles("USER").build(), null,
				AuthorityUtils.createAuthorityList("A")));
	}

	@Test
	void loginsErrorsAndFlashAttributesAreKept() {
		this.runner.run((context) -> {
			AttributeCodec codec = context.getBean(AttributeCodec.class);
			assertThat(comesBack(codec, login())).isEqualTo(login());
			assertThat(comesBack(codec, new LockedException("a"))).isExactlyInstanceOf(LockedException.class);
			assertThat(comesBack(codec, UsernameNotFoundException.fromUsername("a")))
				.isExactlyInstanceOf(StoredAuthenticationException.class);
			FlashMap map = new FlashMap();
			map.setTargetRequestPath("/a");
			map.put("b", 5L);
			assertThat(comesBack(codec, map)).isEqualTo(map);
			assertThat(comesBack(codec, new IllegalStateException("a"))).isExactlyInstanceOf(StoredException.class);
		});
	}

	@Test
	void anApplicationWithoutSpringSecurityStarts() {
		this.runner.withClassLoader(new FilteredClassLoader("org.springframework.security")).run((context) -> {
			assertThat(context).hasNotFailed().doesNotHaveBean(HttpSessionValues.OfSpringSecurity.class);
			AttributeCodec codec = context.getBean(AttributeCodec.class);
			assertThat(comesBack(codec, new IllegalStateException("a"))).isExactlyInstanceOf(StoredException.class);
			assertThatExceptionOfType(AttributeNotStorableException.class)
				.isThrownBy(() -> codec.encodeObject("a", login()));
		});
	}

	@Test
	void anApplicationWithoutServletsStarts() {
		this.runner.withClassLoader(new FilteredClassLoader("jakarta.servlet", "org.springframework.web"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(HttpSessionValues.class));
	}

	@Test
	void aMapperIsCustomizedForThemWhenTheFirstIsStoredAndOnce() {
		AtomicInteger calls = new AtomicInteger();
		this.runner.withBean(AttributeMapperCustomizer.class, () -> (builder) -> calls.incrementAndGet())
			.run((context) -> {
				AttributeCodec codec = context.getBean(AttributeCodec.class);
				codec.encode("a", List.of(1));
				codec.encodeObject("a", "text");
				assertThat(calls).hasValue(1);
				CyclicBarrier barrier = new CyclicBarrier(8);
				List<Callable<Object>> first = Collections.nCopies(8, () -> {
					barrier.await();
					return comesBack(codec, login());
				});
				ExecutorService threads = Executors.newFixedThreadPool(8);
				try {
					for (Future<Object> each : threads.invokeAll(first)) {
						assertThat(each.get()).isEqualTo(login());
					}
				}
				finally {
					threads.shutdownNow();
				}
				assertThat(calls).hasValue(2);
			});
	}

}
