package app.session.web;

import java.util.Collection;
import java.util.List;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.util.StringUtils;

/**
 * A header of the request, answered by the header of the same name: for clients that keep
 * no cookies. koa-session has this as {@code externalKey}.
 */
public final class HeaderCarrier implements TokenCarrier {

	private final String name;

	private final boolean always;

	/**
	 * Creates the carrier.
	 * @param name the header's name
	 * @param always whether all requests use it; otherwise those that have the header, be
	 * it empty, so that what a browser's script could read is sent to none that keeps
	 * cookies
	 */
	public HeaderCarrier(String name, boolean always) {
		this.name = name;
		this.always = always;
	}

	@Override
	public boolean isUsedBy(HttpServletRequest request) {
		return this.always || isPresentIn(request);
	}

	@Override
	public String requestHeader() {
		return this.name;
	}

	@Override
	public Collection<String> read(HttpServletRequest request, boolean secure) {
		String value = request.getHeader(this.name);
		return StringUtils.hasText(value) ? List.of(value.strip()) : List.of();
	}

	@Override
	public void write(HttpServletResponse response, boolean secure, String text, long maxAge) {
		response.setHeader(this.name, text);
	}

}
