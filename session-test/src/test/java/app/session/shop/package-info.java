/**
 * An application that was written without this library: nothing in it names us.
 */
package app.session.shop;
