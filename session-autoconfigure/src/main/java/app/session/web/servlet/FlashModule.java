package app.session.web.servlet;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import app.session.codec.RecordForm;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.module.SimpleModule;

import org.springframework.context.support.DefaultMessageSourceResolvable;
import org.springframework.validation.BeanPropertyBindingResult;
import org.springframework.web.servlet.FlashMap;

/**
 * What Spring MVC keeps for the request after a redirect, in typed JSON. Jackson alone
 * writes a {@link FlashMap} as the map that it is, without the address that it is for.
 */
public final class FlashModule extends SimpleModule {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates the module.
	 */
	public FlashModule() {
		super("session-flash");
		new RecordForm<>(FlashMap.class, Flash.class, FlashModule::form, FlashModule::flashMap).addTo(this);
		BindingResultForm.addTo(this);
	}

	/**
	 * The classes that have a form here.
	 * @return their names
	 */
	public static List<String> allowedTypes() {
		return List.of(FlashMap.class.getName(), BeanPropertyBindingResult.class.getName(),
				DefaultMessageSourceResolvable.class.getName());
	}

	/** What there is to a flash map. */
	record Flash(@Nullable String path, Map<String, List<String>> parameters, long expires,
			Map<String, @Nullable Object> attributes) {
	}

	private static Flash form(FlashMap map) {
		return new Flash(map.getTargetRequestPath(), new LinkedHashMap<>(map.getTargetRequestParams()),
				map.getExpirationTime(), sorted(map));
	}

	private static FlashMap flashMap(Flash form) {
		FlashMap map = new FlashMap();
		map.setTargetRequestPath(form.path());
		form.parameters().forEach((name, values) -> map.getTargetRequestParams().addAll(name, values));
		map.setExpirationTime(form.expires());
		map.putAll(form.attributes());
		return map;
	}

	/**
	 * A map whose order tells nothing, in one that does not change.
	 */
	static Map<String, @Nullable Object> sorted(Map<String, ? extends @Nullable Object> map) {
		Map<String, @Nullable Object> sorted = new LinkedHashMap<>();
		map.keySet()
			.stream()
			.sorted(Comparator.nullsFirst(Comparator.naturalOrder()))
			.forEach((name) -> sorted.put(name, map.get(name)));
		return sorted;
	}

}
