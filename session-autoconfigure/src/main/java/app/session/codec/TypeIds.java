package app.session.codec;

import java.util.EnumMap;
import java.util.EnumSet;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DatabindContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.jsontype.impl.TypeIdResolverBase;

/**
 * The names of classes in stored values. A name is checked before its class is loaded,
 * both ways, and it is one name: type parameters, which Jackson's own names may have, are
 * there only for the enum of an {@link EnumSet} or {@link EnumMap}, which can't be made
 * without it.
 */
final class TypeIds extends TypeIdResolverBase {

	private static final long serialVersionUID = 1L;

	private static final String ENUM_SET = "java.util.EnumSet<";

	private static final String ENUM_MAP = "java.util.EnumMap<";

	private final transient AllowedTypes allowed;

	TypeIds(JavaType base, AllowedTypes allowed) {
		super(base);
		this.allowed = allowed;
	}

	@Override
	public JsonTypeInfo.Id getMechanism() {
		return JsonTypeInfo.Id.CLASS;
	}

	@Override
	public String idFromValue(DatabindContext context, Object value) {
		return idFromValueAndType(context, value, value.getClass());
	}

	@Override
	public String idFromValueAndType(DatabindContext context, @Nullable Object value, Class<?> type) {
		if (value instanceof EnumSet<?> set) {
			return ENUM_SET + id(enumOf(set)) + ">";
		}
		if (value instanceof EnumMap<?, ?> map && type == EnumMap.class) {
			return ENUM_MAP + id(enumOf(map)) + ">";
		}
		return id((Enum.class.isAssignableFrom(type) && !type.isEnum()) ? type.getSuperclass() : type);
	}

	private String id(Class<?> type) {
		String name = BuiltInTypes.writtenAs(type.getName());
		if (KnownTypes.isRefused(type) || !this.allowed.allows(name)) {
			throw DeniedTypeException.of(type.getName());
		}
		return name;
	}

	private static Class<?> enumOf(EnumSet<?> set) {
		// An empty set does not tell, but what is not in it does.
		return (set.isEmpty() ? EnumSet.complementOf(set) : set).stream()
			.<Class<?>>map(Enum::getDeclaringClass)
			.findFirst()
			.orElseThrow(() -> DeniedTypeException.because("an enum without constants can't be in a set"));
	}

	private Class<?> enumOf(EnumMap<?, ?> map) {
		JavaType declared = this._baseType.getKeyType();
		if (map.isEmpty() && declared != null && declared.isEnumType()) {
			return declared.getRawClass();
		}
		return map.keySet()
			.stream()
			.<Class<?>>map(Enum::getDeclaringClass)
			.findFirst()
			.orElseThrow(() -> DeniedTypeException.because("an empty EnumMap does not tell of which enum it is"));
	}

	@Override
	public JavaType typeFromId(DatabindContext context, String id) {
		JavaType type = find(context, id);
		if (!type.isTypeOrSubTypeOf(this._baseType.getRawClass())) {
			throw DeniedTypeException.because("a class in the value does not fit its place");
		}
		return type;
	}

	private JavaType find(DatabindContext context, String id) {
		if (id.endsWith(">")) {
			if (id.startsWith(ENUM_SET)) {
				return context.getTypeFactory()
					.constructCollectionType(EnumSet.class, loadEnum(context, id, ENUM_SET.length()));
			}
			if (id.startsWith(ENUM_MAP)) {
				JavaType key = context.constructType(loadEnum(context, id, ENUM_MAP.length()));
				JavaType content = this._baseType.isMapLikeType() ? this._baseType.getContentType()
						: context.constructType(Object.class);
				return context.getTypeFactory().constructMapType(EnumMap.class, key, content);
			}
		}
		Class<?> type = load(context, id);
		if (!this._baseType.isTypeOrSuperTypeOf(type)) {
			throw DeniedTypeException.because("a class in the value does not fit its place");
		}
		return context.getTypeFactory().constructSpecializedType(this._baseType, type);
	}

	@SuppressWarnings("rawtypes")
	private Class<? extends Enum> loadEnum(DatabindContext context, String id, int from) {
		Class<?> type = load(context, id.substring(from, id.length() - 1));
		if (!type.isEnum()) {
			throw DeniedTypeException.because("a class in the value is not an enum");
		}
		return type.asSubclass(Enum.class);
	}

	private Class<?> load(DatabindContext context, String name) {
		if (!this.allowed.allows(name)) {
			throw DeniedTypeException.of(name);
		}
		try {
			Class<?> type = context.getTypeFactory().findClass(name);
			if (KnownTypes.isRefused(type)) {
				throw DeniedTypeException.of(name);
			}
			return type;
		}
		catch (ClassNotFoundException | LinkageError ex) {
			throw DeniedTypeException.because("a class in the value does not exist");
		}
	}

}
