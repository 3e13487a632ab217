package app.session.codec;

import java.util.ArrayList;
import java.util.List;

import app.session.security.json.SecurityJson;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The codec of an application with Spring Security.
 */
final class SecurityCodec {

	private SecurityCodec() {
	}

	static AttributeCodec allowing(String... types) {
		List<String> allowed = new ArrayList<>(SecurityJson.allowedTypes());
		allowed.addAll(List.of(types));
		return new AttributeCodec(AttributeCodec.mapperBuilder().build(), new TypedJson(
				() -> new TypedJson.Settings(builder(), AllowedTypes.of(allowed), List.of(SecurityJson.standIn()))));
	}

	private static JsonMapper.Builder builder() {
		JsonMapper.Builder builder = TypedJson.mapperBuilder();
		SecurityJson.addTo(builder, SecurityCodec.class.getClassLoader());
		return builder;
	}

	/**
	 * Checks that a value comes back as it went, to the last field, and is no change
	 * then.
	 */
	static Object comesBack(AttributeCodec codec, Object value) {
		EncodedValue encoded = codec.encodeObject("a", value);
		Object back = codec.decodeNatural(encoded);
		assertThat(back).hasSameClassAs(value).usingRecursiveComparison().isEqualTo(value);
		assertThat(codec.encodeObject("a", back)).isEqualTo(encoded);
		return back;
	}

}
