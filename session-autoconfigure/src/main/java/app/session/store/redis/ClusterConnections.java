package app.session.store.redis;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;

/**
 * The connections to the nodes of a cluster, by either driver.
 * <p>
 * A driver asks again which node has which slot when a connection breaks or a node sends
 * it elsewhere. When a master hangs, or its machine vanishes, nothing of that happens,
 * and the driver would not hear of the replica that took over. So after a failure all is
 * connected anew, in the background and beside what there is: the other nodes' calls must
 * not suffer.
 */
final class ClusterConnections extends RedisConnections {

	private static final Log logger = LogFactory.getLog(ClusterConnections.class);

	/** To connect to all nodes costs something, and a failover takes its time. */
	private static final int TIMEOUTS_PER_RENEWAL = 5;

	private final Supplier<? extends RedisConnectionFactory> factories;

	private final Duration timeout;

	private final Connecting connecting;

	private final Pause pause;

	private final AtomicBoolean renewing = new AtomicBoolean();

	private final CountDownLatch closed = new CountDownLatch(1);

	private volatile @Nullable RedisConnectionFactory current;

	/**
	 * Creates it, without a connection.
	 * @param factories starts a factory
	 */
	ClusterConnections(Supplier<? extends RedisConnectionFactory> factories, Duration timeout) {
		this.factories = factories;
		this.timeout = timeout;
		this.connecting = new Connecting(timeout);
		this.pause = new Pause(timeout.multipliedBy(TIMEOUTS_PER_RENEWAL));
	}

	@Override
	public boolean isCluster() {
		return true;
	}

	@Override
	RedisConnection open() {
		this.connecting.ensure(() -> destroy(replace(connect())));
		RedisConnectionFactory factory = this.current;
		if (factory == null) {
			throw new IllegalStateException("The store is closed");
		}
		return factory.getConnection();
	}

	private RedisConnectionFactory connect() {
		RedisConnectionFactory factory = this.factories.get();
		try {
			factory.getConnection().close();
			return factory;
		}
		catch (RuntimeException ex) {
			destroy(factory);
			throw ex;
		}
	}

	/** Answers the factory that is of no use any more. */
	private synchronized @Nullable RedisConnectionFactory replace(RedisConnectionFactory next) {
		if (this.closed.getCount() == 0) {
			return next;
		}
		RedisConnectionFactory before = this.current;
		this.current = next;
		return before;
	}

	@Override
	void failed() {
		if (this.pause.isOver() && this.renewing.compareAndSet(false, true)) {
			Thread thread = new Thread(this::renew, "session-redis-renewal");
			thread.setDaemon(true);
			thread.start();
		}
	}

	private void renew() {
		try {
			RedisConnectionFactory before = replace(connect());
			try {
				// Calls that are under way on it come to an end by then
				this.closed.await(2 * this.timeout.toNanos(), TimeUnit.NANOSECONDS);
			}
			finally {
				destroy(before);
			}
		}
		catch (RuntimeException ex) {
			logger.debug("The connections stay as they are", ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		finally {
			this.renewing.set(false);
		}
	}

	@Override
	ReplicaConnections replicas(Duration limit) {
		throw new IllegalArgumentException("No node of a cluster can be told to wait for its replicas");
	}

	@Override
	public void close() {
		RedisConnectionFactory last;
		synchronized (this) {
			this.closed.countDown();
			last = this.current;
			this.current = null;
		}
		destroy(last);
	}

	private static void destroy(@Nullable RedisConnectionFactory factory) {
		try {
			if (factory instanceof DisposableBean disposable) {
				disposable.destroy();
			}
		}
		catch (Exception ex) {
			logger.debug("Connections were not closed well", ex);
		}
	}

}
