package app.session.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.function.SingletonSupplier;

/**
 * JSON for values that come without a declared type, as those of an {@code HttpSession}
 * do: it names the classes it is made of, and only allowed ones are written or read. Safe
 * for use by several threads.
 */
public final class TypedJson {

	/** The most bytes of one value: 16 MiB. A longer one is neither written nor read. */
	public static final int MAX_BYTES = 16 * 1024 * 1024;

	private static final StreamReadConstraints READ = StreamReadConstraints.builder()
		.maxStringLength(MAX_BYTES)
		.maxNameLength(MAX_BYTES)
		.build();

	/**
	 * How the user of a login is written. Half of one is worse than none: a class of the
	 * application's that lost a property since must not be a user without a name.
	 */
	private static final byte[] LOGIN = "{\"@class\":\"org.springframework.security.core.context.SecurityContextImpl\""
		.getBytes(StandardCharsets.US_ASCII);

	private final Supplier<Tools> tools;

	/**
	 * Creates typed JSON.
	 * @param builder what JSON is made with: from {@link #mapperBuilder()}, with the
	 * modules that are to be added. It is built here, after the rules on names of classes
	 * have been added as the last module, so that no other can loosen them.
	 * @param allowed the classes a value may be made of
	 * @throws IllegalArgumentException if the builder is from elsewhere and would read
	 * without limits
	 */
	public TypedJson(JsonMapper.Builder builder, AllowedTypes allowed) {
		this(() -> new Settings(builder, allowed, List.of()));
		requireLimits(builder);
	}

	/**
	 * Creates typed JSON that is made when it is first used, which takes a while: most
	 * applications never store such a value.
	 * @param settings what it is made with; asked once
	 */
	public TypedJson(Supplier<Settings> settings) {
		this.tools = SingletonSupplier.of(() -> Tools.of(settings.get()));
	}

	private static JsonMapper.Builder requireLimits(JsonMapper.Builder builder) {
		StreamReadConstraints limits = builder.streamFactory().streamReadConstraints();
		if (limits.getMaxNestingDepth() > READ.getMaxNestingDepth()
				|| limits.getMaxNumberLength() > READ.getMaxNumberLength()) {
			throw new IllegalArgumentException(
					"The builder must be TypedJson.mapperBuilder(), whose reading is limited");
		}
		return builder;
	}

	/**
	 * The settings under which typed JSON keeps what it is given and stays within limits.
	 * Modules can be added.
	 * @return a new builder
	 */
	public static JsonMapper.Builder mapperBuilder() {
		return JsonCodec.mapperBuilder(READ);
	}

	/**
	 * Writes a value.
	 * @param value the value
	 * @return its JSON
	 * @throws NotStorableException if it would not come back, or holds a class that is
	 * not allowed
	 */
	byte[] write(Object value) {
		byte[] written = prove(value);
		if (written.length > MAX_BYTES) {
			throw new NotStorableException("it has " + written.length + " bytes as JSON, more than " + MAX_BYTES);
		}
		return written;
	}

	private byte[] prove(Object value) {
		try {
			return this.tools.get().proof.write(value);
		}
		catch (DeniedTypeException ex) {
			// An enum's constants are tried before its value is written.
			throw ex.notStorable(null, "");
		}
	}

	/**
	 * Reads a value.
	 * @param value a value with the tag {@link Tag#TYPED}
	 * @return a new object
	 * @throws UnreadableValueException if it is not what {@link #write} made, or holds a
	 * class that is not allowed any more, or is a login with a property that is gone
	 */
	@Nullable Object read(EncodedValue value) {
		// Before a parser sees it, which would keep what it has read so far.
		if (value.payloadLength() > MAX_BYTES) {
			throw new UnreadableValueException("The value is longer than any that was stored");
		}
		Tools tools = this.tools.get();
		return isLogin(value) ? tools.json.read(value, Object.class, tools.proof.onlyComputed())
				: tools.json.read(value, Object.class);
	}

	private static boolean isLogin(EncodedValue value) {
		int from = value.payloadOffset();
		return value.payloadLength() > LOGIN.length
				&& Arrays.equals(value.source(), from, from + LOGIN.length, LOGIN, 0, LOGIN.length);
	}

	/**
	 * What typed JSON is made with.
	 *
	 * @param builder from {@link #mapperBuilder()}, with the modules that are to be
	 * added; it is built here
	 * @param allowed the classes a value may be made of
	 * @param standIns what stands for errors of frameworks, the special before the
	 * general. For all others there is {@link app.session.StoredException}.
	 */
	public record Settings(JsonMapper.Builder builder, AllowedTypes allowed, List<StandIn<?>> standIns) {

		/**
		 * Creates the settings.
		 */
		public Settings {
			standIns = List.copyOf(standIns);
		}

	}

	/** What is made of the settings. */
	private record Tools(JsonCodec json, Proof proof) {

		static Tools of(Settings settings) {
			JsonMapper mapper = requireLimits(settings.builder())
				.addModule(new TypedModule(settings.allowed(), settings.standIns()))
				.build();
			JsonCodec json = new JsonCodec(mapper, mapper.writerFor(Object.class));
			return new Tools(json, Proof.typed(mapper, json, new Shapes(mapper)));
		}

	}

}
