/**
 * Sessions shared with an application in Node: the cookies and the records of koa-session
 * and of express-session with connect-redis. Weaker than the rest of the library, as
 * those are; used by nothing that is not told to.
 */
@NullMarked
package app.session.store.node;

import org.jspecify.annotations.NullMarked;
