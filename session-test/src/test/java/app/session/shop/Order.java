package app.session.shop;

import java.io.Serializable;

/**
 * A form of several pages.
 */
public class Order implements Serializable {

	private static final long serialVersionUID = 1L;

	private String street = "";

	private String city = "";

	public String getStreet() {
		return this.street;
	}

	public void setStreet(String street) {
		this.street = street;
	}

	public String getCity() {
		return this.city;
	}

	public void setCity(String city) {
		this.city = city;
	}

}
