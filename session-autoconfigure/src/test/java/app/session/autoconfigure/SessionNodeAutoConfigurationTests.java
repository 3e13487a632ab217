package app.session.autoconfigure;

import app.session.SessionRepository;
import app.session.core.SignedTokens;
import app.session.core.TokenFormat;
import app.session.crypto.KeyRing;
import app.session.store.ClientHeldSessions;
import app.session.store.TextRecords;
import app.session.store.node.ExpressTokens;
import app.session.store.node.KoaCookieTokens;
import app.session.store.node.KoaTokens;
import app.session.store.redis.RedisTexts;
import app.session.web.SessionCookie;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * What is shared with an application in Node, and what has to be said for it. None of
 * these needs a server.
 */
class SessionNodeAutoConfigurationTests {

	private final WebApplicationContextRunner plain = new WebApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(DataRedisAutoConfiguration.class, SessionRedisAutoConfiguration.class,
				SessionCookieStoreAutoConfiguration.class, SessionNodeAutoConfiguration.class,
				SessionAutoConfiguration.class, SessionServletAutoConfiguration.class));

	private final WebApplicationContextRunner runner = this.plain.withPropertyValues("app.session.node.keys=a key");

	private final WebApplicationContextRunner koa = this.runner.withPropertyValues("app.session.interop=koa",
			"app.session.store=redis");

	@Test
	void withoutThePropertyNothingIsShared() {
		this.runner.run((context) -> assertThat(context).hasNotFailed()
			.hasSingleBean(SignedTokens.class)
			.hasSingleBean(KeyRing.class)
			.doesNotHaveBean(TextRecords.class));
	}

	@Test
	void besideKoaItsCookieAndItsKeysAreEnough() {
		this.koa.run((context) -> assertThat(context).hasNotFailed()
			.hasSingleBean(TokenFormat.class)
			.hasSingleBean(KoaTokens.class)
			.hasSingleBean(RedisTexts.class)
			.doesNotHaveBean(KeyRing.class));
		this.koa.run((context) -> assertThat(context.getBean(SessionCookie.class).name()).isEqualTo("koa.sess"));
	}

	@Test
	void besideExpressItsCookieAndItsSecretAreEnough() {
		this.koa.withPropertyValues("app.session.interop=express").run((context) -> {
			assertThat(context).hasNotFailed().hasSingleBean(ExpressTokens.class).doesNotHaveBean(KeyRing.class);
			assertThat(context.getBean(SessionCookie.class).name()).isEqualTo("connect.sid");
		});
	}

	@Test
	void koasCookieModeNeedsNoStore() {
		this.koa.withPropertyValues("app.session.store=cookie")
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(KoaCookieTokens.class)
				.hasSingleBean(SessionRepository.class)
				.hasSingleBean(ClientHeldSessions.class)
				.doesNotHaveBean(TextRecords.class)
				.doesNotHaveBean(KeyRing.class));
	}

	@ParameterizedTest
	@ValueSource(strings = { "koa", "express" })
	void aNameOfTheApplicationsOwnIsKept(String interop) {
		this.koa.withPropertyValues("app.session.interop=" + interop, "app.session.cookie.name=shop")
			.run((context) -> assertThat(context.getBean(SessionCookie.class).name()).isEqualTo("shop"));
	}

	@Test
	void theApplicationsOwnRecordsTakeTheirPlace() {
		TextRecords own = mock(TextRecords.class);
		this.koa.withBean(TextRecords.class, () -> own)
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(TextRecords.class));
	}

	@Test
	void whenDisabledThereIsNothing() {
		this.koa.withPropertyValues("app.session.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(TokenFormat.class));
	}

	@ParameterizedTest
	@CsvSource({ "koa, memory", "express, memory", "express, cookie" })
	void aStoreThatNodeDoesNotHaveStopsTheApplication(String interop, String store) {
		this.koa
			.withPropertyValues("app.session.interop=" + interop, "app.session.store=" + store,
					"app.session.keys=" + TestKeys.FIRST)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOfSatisfying(InvalidSessionPropertyException.class, (failure) -> {
					assertThat(failure).hasMessageStartingWith("app.session.interop is '" + interop + "'");
					assertThat(failure).hasMessageContaining("in Redis, or in koa's cookie");
				}));
	}

	@ParameterizedTest
	@CsvSource({ "koa, redis", "koa, cookie", "express, redis" })
	void aSignatureNeedsKeys(String interop, String store) {
		this.plain.withPropertyValues("app.session.interop=" + interop, "app.session.store=" + store)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidSessionPropertyException.class)
				.hasMessageStartingWith("app.session.node.keys")
				.hasMessageContaining("There is none, or one is empty"));
	}

	@Test
	void anEmptyKeyIsRefusedAndTheOtherIsNotPrinted() {
		this.plain
			.withPropertyValues("app.session.interop=koa", "app.session.store=cookie",
					"app.session.node.keys[0]=secret text", "app.session.node.keys[1]=")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageStartingWith("app.session.node.keys")
				.hasMessageNotContaining("secret text"));
	}

	@Test
	void unsignedKoaNeedsNone() {
		this.plain
			.withPropertyValues("app.session.interop=koa", "app.session.store=redis", "app.session.node.signed=false",
					"app.session.node.prefix=shop:")
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(KoaTokens.class));
	}

	@Test
	void theKeysAreNotShown() {
		this.koa.run((context) -> assertThat(context.getBean(SessionNodeProperties.class).toString())
			.doesNotContain("a key"));
	}

}
