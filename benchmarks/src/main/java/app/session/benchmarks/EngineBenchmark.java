package app.session.benchmarks;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

import app.session.ClientRequest;
import app.session.codec.AttributeCodec;
import app.session.core.ClientChannel;
import app.session.core.EngineSettings;
import app.session.core.RequestSession;
import app.session.core.SessionEngine;
import app.session.crypto.KeyRing;
import app.session.crypto.SessionId;
import app.session.crypto.SessionIdGenerator;
import app.session.crypto.SignedIdFormat;
import app.session.store.memory.MemorySessionRepository;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a session adds to a request, without the HTTP around it: run by
 * {@code org.openjdk.jmh.Main EngineBenchmark -prof gc}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class EngineBenchmark {

	private final InstantSource clock = InstantSource.system();

	private final SessionIdGenerator ids = new SessionIdGenerator(new SecureRandom());

	private final MemorySessionRepository repository = new MemorySessionRepository(100_000, this.clock, (event) -> {
	});

	private final SessionEngine engine = new SessionEngine(this.repository,
			new AttributeCodec(AttributeCodec.mapperBuilder().build()), this.ids, EngineSettings.DEFAULTS, this.clock,
			(event) -> {
			});

	private final SignedIdFormat format = new SignedIdFormat(KeyRing.random(new SecureRandom()), "benchmark",
			"session");

	private @Nullable SessionId id;

	private String cookie = "";

	/** Makes the session. */
	@Setup
	public void createSession() {
		RequestSession request = this.engine.open(null, new Client());
		request.session().increment("views");
		request.end();
		if (this.id == null) {
			throw new IllegalStateException("No session");
		}
		this.cookie = this.format.write(this.id);
	}

	/**
	 * A request that does not use its session.
	 * @return something to keep
	 */
	@Benchmark
	public Object unused() {
		RequestSession request = this.engine.open(this.id, new Client());
		request.commit();
		request.end();
		return request;
	}

	/**
	 * A request that reads one attribute.
	 * @return something to keep
	 */
	@Benchmark
	public @Nullable Object read() {
		RequestSession request = this.engine.open(this.id, new Client());
		Long views = request.session().get("views", Long.class);
		request.commit();
		request.end();
		return views;
	}

	/**
	 * The view counter.
	 * @return something to keep
	 */
	@Benchmark
	public long increment() {
		RequestSession request = this.engine.open(this.id, new Client());
		long views = request.session().increment("views");
		request.commit();
		request.end();
		return views;
	}

	/**
	 * Reading a cookie.
	 * @return something to keep
	 */
	@Benchmark
	public Object verify() {
		return this.format.read(this.cookie);
	}

	/** Takes the id. */
	private final class Client implements ClientChannel {

		@Override
		public boolean isOpen() {
			return true;
		}

		@Override
		public boolean canSend() {
			return true;
		}

		@Override
		public void send(SessionId sent, @Nullable Duration maxAge) {
			EngineBenchmark.this.id = sent;
		}

		@Override
		public ClientRequest request() {
			throw new IllegalStateException("There are no hooks to ask for it");
		}

		@Override
		public void clear() {
		}

	}

}
