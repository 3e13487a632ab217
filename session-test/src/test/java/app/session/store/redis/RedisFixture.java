package app.session.store.redis;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import app.session.PrincipalIndex;
import app.session.SessionCatalog;
import app.session.SessionEvent;
import app.session.SessionKey;
import app.session.SessionLeases;
import app.session.SessionRepository;
import app.session.store.LaterClock;
import app.session.test.StoreFixture;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.ReturnType;

/**
 * The store under a prefix of its own, as two nodes have it. Its clock is the server's,
 * so time passes by moving all records back.
 */
final class RedisFixture implements StoreFixture {

	private static final byte[] MOVE_BACK = """
			local by = tonumber(ARGV[1])
			for at = 9, 17, 8 do
			  local time = struct.unpack('>I8', redis.call('GETRANGE', KEYS[1], at, at + 7))
			  redis.call('SETRANGE', KEYS[1], at, struct.pack('>I8', time - by))
			end
			local left = redis.call('PTTL', KEYS[1]) - by
			if left > 0 then
			  redis.call('PEXPIRE', KEYS[1], left)
			else
			  redis.call('DEL', KEYS[1])
			end
			return 1
			""".getBytes(StandardCharsets.US_ASCII);

	private final String prefix;

	private final StoreKeys keys;

	private final List<SessionEvent> events = new CopyOnWriteArrayList<>();

	private final List<AutoCloseable> toClose;

	private final RedisConnectionFactory admin;

	private final RedisSessionRepository repository;

	private final RedisSessionRepository otherNode;

	private volatile Duration moved = Duration.ZERO;

	/**
	 * Creates a store.
	 * @param factory the factory of one node, which is closed with the fixture
	 * @param other the factory of the other node, the same
	 */
	RedisFixture(RedisConnectionFactory factory, RedisConnectionFactory other) {
		this(factory, other, factory);
	}

	/**
	 * Creates a store of which the test may do more than the store.
	 * @param factory the factory of one node, which is closed with the fixture
	 * @param other the factory of the other node, the same
	 * @param admin the factory of the test, the same
	 */
	RedisFixture(RedisConnectionFactory factory, RedisConnectionFactory other, RedisConnectionFactory admin) {
		this.prefix = "test-" + UUID.randomUUID() + ":";
		this.keys = new StoreKeys(this.prefix);
		this.admin = admin;
		this.repository = node(factory);
		this.otherNode = node(other);
		this.toClose = List.of(this.repository, this.otherNode, closing(factory), closing(other), closing(admin));
	}

	/**
	 * Creates the store that the starter makes.
	 * @param node one node, which is closed with the fixture
	 * @param other the other node, the same
	 * @param admin the factory of the test, the same
	 * @param prefix what the nodes' keys begin with
	 */
	RedisFixture(ConfigurableApplicationContext node, ConfigurableApplicationContext other,
			RedisConnectionFactory admin, String prefix) {
		this.prefix = prefix;
		this.keys = new StoreKeys(prefix);
		this.admin = admin;
		this.repository = node.getBean(RedisSessionRepository.class);
		this.otherNode = other.getBean(RedisSessionRepository.class);
		this.toClose = List.of(node, other, closing(admin));
	}

	private static AutoCloseable closing(RedisConnectionFactory factory) {
		return ((DisposableBean) factory)::destroy;
	}

	private RedisSessionRepository node(RedisConnectionFactory factory) {
		return new RedisSessionRepository(RedisConnections.of(factory), settings(this.prefix), InstantSource.system(),
				this.events::add);
	}

	static RedisStoreSettings settings(String prefix) {
		return new RedisStoreSettings(prefix, Duration.ofSeconds(20), Duration.ofHours(24), Duration.ofHours(1), 0);
	}

	@Override
	public SessionRepository repository() {
		return new LaterClock(this.repository, () -> this.moved);
	}

	@Override
	public SessionRepository otherNode() {
		return new LaterClock(this.otherNode, () -> this.moved);
	}

	@Override
	public PrincipalIndex principalIndex() {
		return this.repository;
	}

	@Override
	public SessionLeases leases() {
		return this.repository;
	}

	@Override
	public SessionLeases leasesOfOtherNode() {
		return this.otherNode;
	}

	@Override
	public SessionCatalog catalog() {
		return this.repository;
	}

	/** The server's clock is this machine's, and reckons in milliseconds. */
	@Override
	public Instant now() {
		return Instant.now().truncatedTo(ChronoUnit.MILLIS).plus(this.moved);
	}

	@Override
	public boolean isClockControlled() {
		return false;
	}

	@Override
	public void advance(Duration duration) {
		this.moved = this.moved.plus(duration);
		byte[] millis = String.valueOf(duration.toMillis()).getBytes(StandardCharsets.US_ASCII);
		RedisScan scan = new RedisScan(RedisConnections.of(this.admin));
		try (RedisConnection connection = connection(); Stream<byte[]> names = scan.names(this.keys.recordPattern())) {
			names.filter((name) -> this.keys.toRecordKey(name) != null)
				.toList()
				.forEach((name) -> connection.scriptingCommands().eval(MOVE_BACK, ReturnType.INTEGER, 1, name, millis));
		}
	}

	@Override
	public boolean corrupt(SessionKey key) {
		try (RedisConnection connection = connection()) {
			connection.stringCommands().setRange(name(key), new byte[] { 2 }, 0);
			return true;
		}
	}

	@Override
	public int raceRounds() {
		return 100;
	}

	/** The store itself. */
	RedisSessionRepository store() {
		return this.repository;
	}

	byte[] name(SessionKey key) {
		return this.keys.record(key);
	}

	List<SessionEvent> events() {
		return this.events;
	}

	RedisConnection connection() {
		return this.admin.getConnection();
	}

	String prefix() {
		return this.prefix;
	}

	@Override
	public void close() {
		for (AutoCloseable part : this.toClose) {
			try {
				part.close();
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		}
	}

}
