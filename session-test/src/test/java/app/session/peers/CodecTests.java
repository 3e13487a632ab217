package app.session.peers;

import app.session.AttributeMapperCustomizer;
import app.session.SessionEvent.AttributeUnreadable;
import app.session.peers.Visitor.Answer;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application that says itself how its values are written and read.
 */
@OnEachStore
class CodecTests extends PeerTests {

	@Override
	Class<?>[] sources() {
		return new Class<?>[] { Coding.class };
	}

	@Test
	@Expectation({ "b.30", "encode", "decode" })
	void aCounterInAFormOfItsOwnIsWrittenAndReadByIt() {
		Visitor visitor = visitor();
		for (int count = 1; count <= 2; count++) {
			assertThat(visitor
				.ask((session) -> session.update("count", Count.class,
						(now) -> new Count((now != null) ? now.value() + 1 : 1)))
				.body()).isEqualTo("Count[value=" + count + "]");
		}
		assertThat(visitor.ask((session) -> session.get("count", String.class)).body()).isEqualTo("<2>");
	}

	/** Where the value is set, and it says which one it is. */
	@Test
	@Expectation("b.29")
	void aValueThatCannotBeWrittenFailsWhereItIsSet() {
		Answer answer = visitor().visit((session) -> {
			session.set("other", "kept");
			session.set("count", new Count(-1));
		});
		assertThat(answer.status()).isEqualTo(500);
		assertThat(visitor().ask((session) -> {
			try {
				session.set("count", new Count(-1));
				return "set";
			}
			catch (RuntimeException ex) {
				return ex.getClass().getSimpleName() + " " + ex.getMessage().contains("'count'");
			}
		}).body()).isEqualTo("AttributeNotStorableException true");
	}

	/** One value that can't be read any more is no reason to lose the others. */
	@Test
	@Expectation("b.28")
	void aValueThatCannotBeReadIsAbsentAndTheOthersStay() {
		Visitor visitor = visitor();
		visitor.visit((session) -> {
			session.set("count", "poison");
			session.set("other", "kept");
		});
		Answer answer = visitor
			.ask((session) -> session.get("count", Count.class) + " " + session.get("other", String.class));
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.body()).isEqualTo("null kept");
		assertThat(answer.setCookie()).isNull();
		assertThat(events().of(AttributeUnreadable.class)).anyMatch((event) -> event.name().equals("count"));
	}

	/**
	 * A counter.
	 *
	 * @param value where it stands
	 */
	record Count(int value) {
	}

	/** How counters are written. */
	@Configuration(proxyBeanMethods = false)
	static class Coding {

		@Bean
		AttributeMapperCustomizer counts() {
			SimpleModule module = new SimpleModule();
			module.addSerializer(Count.class, new CountSerializer());
			module.addDeserializer(Count.class, new CountDeserializer());
			return (builder) -> builder.addModule(module);
		}

	}

	private static final class CountSerializer extends StdSerializer<Count> {

		CountSerializer() {
			super(Count.class);
		}

		@Override
		public void serialize(Count count, JsonGenerator generator, SerializationContext context) {
			if (count.value() < 0) {
				throw new IllegalStateException("Nobody counts to less than nothing");
			}
			generator.writeString("<" + count.value() + ">");
		}

	}

	private static final class CountDeserializer extends StdDeserializer<Count> {

		CountDeserializer() {
			super(Count.class);
		}

		@Override
		public Count deserialize(JsonParser parser, DeserializationContext context) {
			String text = parser.getString();
			return new Count(Integer.parseInt(text.substring(1, text.length() - 1)));
		}

	}

}
