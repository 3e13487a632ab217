package app.session.autoconfigure;

import app.session.web.ClientWay;

/**
 * The way of clients whose sessions are taken over from another library.
 *
 * @param way the way
 */
record FormerWay(ClientWay way) {
}
