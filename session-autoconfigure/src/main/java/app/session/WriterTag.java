package app.session;

/**
 * A random name of one commit. A record carries the tags of its last writers, so that a
 * commit whose reply was lost can find out whether it was applied.
 *
 * @param value eight random bytes
 */
public record WriterTag(long value) {
}
