package app.session.store.node;

/**
 * How an id of Node's is written for its client.
 */
interface NodeCookie {

	String write(String id);

}
