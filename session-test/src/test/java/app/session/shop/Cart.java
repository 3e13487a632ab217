package app.session.shop;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

import org.springframework.stereotype.Component;
import org.springframework.web.context.annotation.SessionScope;

/**
 * A bean of session scope.
 */
@Component
@SessionScope
public class Cart implements Serializable {

	private static final long serialVersionUID = 1L;

	private ArrayList<String> items = new ArrayList<>();

	public List<String> getItems() {
		return this.items;
	}

	public void setItems(List<String> items) {
		this.items = new ArrayList<>(items);
	}

}
