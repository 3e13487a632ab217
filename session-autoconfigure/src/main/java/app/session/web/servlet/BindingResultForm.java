package app.session.web.servlet;

import java.lang.reflect.Field;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import app.session.codec.RecordForm;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.module.SimpleModule;

import org.springframework.context.MessageSourceResolvable;
import org.springframework.context.support.DefaultMessageSourceResolvable;
import org.springframework.util.ReflectionUtils;
import org.springframework.validation.AbstractBindingResult;
import org.springframework.validation.BeanPropertyBindingResult;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;

/**
 * The errors of a form that is shown again after a redirect, with the object they are
 * about. As after Java serialization, what formats the values and makes further message
 * codes is gone: the application's formatters are not at hand where the session is read.
 * Arguments of messages that are not numbers, text, dates or messages are kept as text,
 * which is all that a message shows of them.
 */
final class BindingResultForm {

	private BindingResultForm() {
	}

	static void addTo(SimpleModule module) {
		new RecordForm<>(BeanPropertyBindingResult.class, Result.class, BindingResultForm::form,
				BindingResultForm::bindingResult)
			.addTo(module);
		new RecordForm<>(DefaultMessageSourceResolvable.class, Message.class, BindingResultForm::form,
				BindingResultForm::message)
			.addTo(module);
	}

	/** What there is to a binding result. */
	record Result(@Nullable Object target, String name, boolean autoGrow, int limit, List<Failure> errors,
			List<String> suppressed, Map<String, @Nullable Object> values) {
	}

	/** An error, of a field if it has one. */
	record Failure(String name, @Nullable String field, @Nullable Object rejected, boolean binding, boolean rendered,
			Message message) {
	}

	/** A message. */
	record Message(@Nullable List<String> codes, @Nullable List<Object> arguments, @Nullable String text) {
	}

	private static Result form(BeanPropertyBindingResult result) {
		Object target = result.getTarget();
		return new Result(target, result.getObjectName(), flag(result), limit(result),
				result.getAllErrors().stream().map(BindingResultForm::form).toList(),
				List.of(result.getSuppressedFields()),
				(target != null) ? Map.of() : FlashModule.sorted(values(result)));
	}

	private static Failure form(ObjectError error) {
		FieldError field = (error instanceof FieldError of) ? of : null;
		return new Failure(error.getObjectName(), (field != null) ? field.getField() : null,
				(field != null) ? field.getRejectedValue() : null, field != null && field.isBindingFailure(),
				error.shouldRenderDefaultMessage(), form((MessageSourceResolvable) error));
	}

	private static Message form(MessageSourceResolvable message) {
		String[] codes = message.getCodes();
		Object @Nullable [] arguments = message.getArguments();
		return new Message((codes != null) ? List.of(codes) : null,
				(arguments != null) ? Stream.of(arguments).map(BindingResultForm::argument).toList() : null,
				message.getDefaultMessage());
	}

	/** Some dates can't be asked for their instant. */
	@SuppressWarnings("JavaUtilDate")
	private static Object argument(Object argument) {
		if (argument instanceof MessageSourceResolvable message) {
			return new DefaultMessageSourceResolvable(message);
		}
		if (argument == null || argument instanceof Boolean || argument.getClass() == Date.class || isPlain(argument)) {
			return argument;
		}
		if (argument instanceof Date date) {
			return Date.from(Instant.ofEpochMilli(date.getTime()));
		}
		return (argument instanceof Object[] array) ? Arrays.deepToString(array) : argument.toString();
	}

	/** Others, an AtomicInteger as much as an application's own, become text. */
	private static boolean isPlain(Object argument) {
		return argument instanceof Number
				&& List.of("java.lang", "java.math").contains(argument.getClass().getPackageName());
	}

	private static BeanPropertyBindingResult bindingResult(Result form) {
		BeanPropertyBindingResult result = new BeanPropertyBindingResult(form.target(), form.name(), form.autoGrow(),
				form.limit());
		form.errors().forEach((error) -> result.addError(error(error)));
		form.suppressed().forEach(result::recordSuppressedField);
		form.values()
			.forEach((name, value) -> result.recordFieldValue(name, (value != null) ? value.getClass() : Object.class,
					value));
		return result;
	}

	private static ObjectError error(Failure form) {
		Message message = form.message();
		String[] codes = codes(message);
		Object @Nullable [] arguments = arguments(message);
		String field = form.field();
		return (field != null)
				? new StoredFieldError(form.name(), field, form.rejected(), form.binding(), codes, arguments,
						message.text(), form.rendered())
				: new StoredObjectError(form.name(), codes, arguments, message.text(), form.rendered());
	}

	private static DefaultMessageSourceResolvable message(Message form) {
		return new DefaultMessageSourceResolvable(codes(form), arguments(form), form.text());
	}

	private static String @Nullable [] codes(Message form) {
		List<String> codes = form.codes();
		return (codes != null) ? codes.toArray(String[]::new) : null;
	}

	private static Object @Nullable [] arguments(Message form) {
		List<Object> arguments = form.arguments();
		return (arguments != null) ? arguments.toArray() : null;
	}

	// There are no getters for these, and without them a form would not be what it was.

	private static boolean flag(BeanPropertyBindingResult result) {
		return (boolean) read(BeanPropertyBindingResult.class, "autoGrowNestedPaths", result);
	}

	private static int limit(BeanPropertyBindingResult result) {
		return (int) read(BeanPropertyBindingResult.class, "autoGrowCollectionLimit", result);
	}

	/** Told when the target could not even be made. */
	@SuppressWarnings("unchecked")
	private static Map<String, @Nullable Object> values(BeanPropertyBindingResult result) {
		return (Map<String, @Nullable Object>) read(AbstractBindingResult.class, "fieldValues", result);
	}

	private static Object read(Class<?> type, String name, Object target) {
		Field field = Objects.requireNonNull(ReflectionUtils.findField(type, name), name);
		ReflectionUtils.makeAccessible(field);
		return Objects.requireNonNull(ReflectionUtils.getField(field, target), name);
	}

	/** Remembers whether its message has placeholders: a validator's has none. */
	private static final class StoredFieldError extends FieldError {

		private static final long serialVersionUID = 1L;

		private final boolean rendered;

		StoredFieldError(String name, String field, @Nullable Object rejected, boolean binding,
				String @Nullable [] codes, Object @Nullable [] arguments, @Nullable String text, boolean rendered) {
			super(name, field, rejected, binding, codes, arguments, text);
			this.rendered = rendered;
		}

		@Override
		public boolean shouldRenderDefaultMessage() {
			return this.rendered;
		}

	}

	/** The same for an error of the whole object. */
	private static final class StoredObjectError extends ObjectError {

		private static final long serialVersionUID = 1L;

		private final boolean rendered;

		StoredObjectError(String name, String @Nullable [] codes, Object @Nullable [] arguments, @Nullable String text,
				boolean rendered) {
			super(name, codes, arguments, text);
			this.rendered = rendered;
		}

		@Override
		public boolean shouldRenderDefaultMessage() {
			return this.rendered;
		}

	}

}
