package app.session.store.memory;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import app.session.SessionEvent;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Hands events to the listener on another thread, in order: the listener is foreign code,
 * which must not run inside an operation on the map.
 */
final class EventQueue {

	private static final Log logger = LogFactory.getLog(EventQueue.class);

	private final Queue<SessionEvent> pending = new ConcurrentLinkedQueue<>();

	private final AtomicBoolean scheduled = new AtomicBoolean();

	private final Consumer<SessionEvent> listener;

	private final Executor executor;

	private volatile boolean closed;

	EventQueue(Consumer<SessionEvent> listener, Executor executor) {
		this.listener = listener;
		this.executor = executor;
	}

	void add(List<SessionEvent> happened) {
		if (this.closed) {
			return;
		}
		this.pending.addAll(happened);
		if (this.scheduled.compareAndSet(false, true)) {
			try {
				this.executor.execute(this::drain);
			}
			catch (RejectedExecutionException ex) {
				close();
			}
		}
	}

	/**
	 * From now on events are dropped.
	 */
	void close() {
		this.closed = true;
		this.pending.clear();
	}

	private void drain() {
		this.scheduled.set(false);
		for (SessionEvent event = this.pending.poll(); event != null; event = this.pending.poll()) {
			try {
				this.listener.accept(event);
			}
			catch (RuntimeException | Error ex) {
				// A listener that throws changes nothing, neither for the store nor for
				// the next event
				logger.warn("A listener failed on " + event, ex);
			}
		}
	}

}
