package app.session.codec;

import java.util.Collection;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TreeNode;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.DatabindContext;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.jsontype.NamedType;
import tools.jackson.databind.jsontype.PolymorphicTypeValidator;
import tools.jackson.databind.jsontype.TypeDeserializer;
import tools.jackson.databind.jsontype.TypeIdResolver;
import tools.jackson.databind.jsontype.TypeSerializer;
import tools.jackson.databind.jsontype.impl.AsPropertyTypeDeserializer;
import tools.jackson.databind.jsontype.impl.StdTypeResolverBuilder;

/**
 * Jackson's typing of values under our names: in every place whose declared class leaves
 * a choice, or where an annotation asks for names of classes.
 */
final class TypedResolver extends StdTypeResolverBuilder {

	private final AllowedTypes allowed;

	/** Whether an annotation asks for it, so that the class does not matter. */
	private final boolean annotated;

	TypedResolver(AllowedTypes allowed, boolean annotated) {
		super(JsonTypeInfo.Id.CLASS, JsonTypeInfo.As.PROPERTY, null);
		this.allowed = allowed;
		this.annotated = annotated;
	}

	@Override
	public @Nullable TypeSerializer buildTypeSerializer(SerializationContext context, JavaType base,
			Collection<NamedType> subtypes) {
		return applies(base) ? super.buildTypeSerializer(context, base, subtypes) : null;
	}

	@Override
	public @Nullable TypeDeserializer buildTypeDeserializer(DeserializationContext context, JavaType base,
			Collection<NamedType> subtypes) {
		if (!applies(base)) {
			return null;
		}
		boolean property = this._includeAs == JsonTypeInfo.As.PROPERTY
				|| this._includeAs == JsonTypeInfo.As.EXISTING_PROPERTY;
		return property
				? new NameFirst(base, new TypeIds(base, this.allowed), this._typeProperty, this._typeIdVisible,
						defineDefaultImpl(context, base), this._includeAs)
				: super.buildTypeDeserializer(context, base, subtypes);
	}

	private boolean applies(JavaType base) {
		JavaType type = base;
		while (type.isArrayType() || type.isReferenceType()) {
			type = type.getContentType();
		}
		return !base.isPrimitive()
				&& (this.annotated || !type.isFinal() && !TreeNode.class.isAssignableFrom(type.getRawClass()));
	}

	@Override
	public StdTypeResolverBuilder withDefaultImpl(Class<?> defaultImpl) {
		// There is a name always, so nothing has to be guessed.
		return this;
	}

	@Override
	protected TypeIdResolver idResolver(DatabindContext context, JavaType base, PolymorphicTypeValidator validator,
			Collection<NamedType> subtypes, boolean forSerialization, boolean forDeserialization) {
		return new TypeIds(base, this.allowed);
	}

	/**
	 * Takes the name in the first place alone. Jackson looks for it everywhere, and would
	 * have to keep what comes before it.
	 */
	private static final class NameFirst extends AsPropertyTypeDeserializer {

		NameFirst(JavaType base, TypeIdResolver ids, String property, boolean visible, @Nullable JavaType defaultImpl,
				JsonTypeInfo.As inclusion) {
			super(base, ids, property, visible, defaultImpl, inclusion, true);
		}

		private NameFirst(NameFirst source, BeanProperty property) {
			super(source, property);
		}

		@Override
		public TypeDeserializer forProperty(BeanProperty property) {
			return (property == this._property) ? this : new NameFirst(this, property);
		}

		@Override
		public Object deserializeTypedFromObject(JsonParser parser, DeserializationContext context) {
			if (parser.hasToken(JsonToken.START_OBJECT)) {
				parser.nextToken();
			}
			if (parser.hasToken(JsonToken.PROPERTY_NAME) && !parser.currentName().equals(this._typePropertyName)) {
				throw DeniedTypeException.because("an object in the value does not begin with its class");
			}
			return super.deserializeTypedFromObject(parser, context);
		}

	}

}
