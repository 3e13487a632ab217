package app.session.store;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import app.session.SessionKey;
import app.session.SessionLeases;
import app.session.SessionStoreUnavailableException;
import app.session.WriterTag;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Runs what a store has to clear up, now and then on a daemon thread, on one node at a
 * time: the node that holds a lease of the store. If it dies, another takes over.
 */
public final class Sweeper implements AutoCloseable {

	/** No session has this key: keys are random. */
	private static final SessionKey LEASE = new SessionKey(0, 0);

	private static final Log logger = LogFactory.getLog(Sweeper.class);

	private final ScheduledThreadPoolExecutor thread;

	private final WriterTag node = new WriterTag(new SecureRandom().nextLong());

	private final Duration interval;

	private final SessionLeases leases;

	private final Runnable task;

	/**
	 * Creates a sweeper and starts its thread, which {@link #close} ends.
	 * @param name the thread's name
	 * @param interval the time from one run to the next
	 * @param leases the leases of the store
	 * @param task what is to be done; what it throws is logged
	 */
	public Sweeper(String name, Duration interval, SessionLeases leases, Runnable task) {
		this.interval = interval;
		this.leases = leases;
		this.task = task;
		this.thread = new ScheduledThreadPoolExecutor(1, (work) -> {
			Thread thread = new Thread(work, name);
			thread.setDaemon(true);
			return thread;
		});
		long millis = interval.toMillis();
		// Never cancelled alone: it ends with the thread.
		ScheduledFuture<?> unused = this.thread.scheduleWithFixedDelay(this::run, millis, millis,
				TimeUnit.MILLISECONDS);
	}

	/**
	 * Does what is to be done now, unless another node does.
	 */
	void run() {
		try {
			if (this.leases.acquire(LEASE, this.node, this.interval.multipliedBy(2))) {
				this.task.run();
			}
		}
		catch (SessionStoreUnavailableException ex) {
			logger.warn("Sessions that have ended were not cleared up: " + ex.getMessage());
		}
		catch (RuntimeException ex) {
			logger.error("Sessions that have ended were not cleared up", ex);
		}
	}

	/**
	 * Ends the thread, and lets another node take over.
	 */
	@Override
	public void close() {
		this.thread.shutdownNow();
		try {
			this.leases.release(LEASE, this.node);
		}
		catch (SessionStoreUnavailableException ex) {
			// The lease ends by itself.
		}
	}

}
