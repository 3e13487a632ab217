package app.session.benchmarks;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import app.session.codec.AttributeCodec;
import app.session.core.ClientChannel;
import app.session.core.ClientToken;
import app.session.core.EngineSettings;
import app.session.core.RequestSession;
import app.session.core.SessionEngine;
import app.session.crypto.KeyRing;
import app.session.crypto.SealedFormat;
import app.session.crypto.SessionId;
import app.session.crypto.SessionIdGenerator;
import app.session.store.cookie.SealedTokens;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a session of about 1 KB costs that its client holds, without the HTTP around it:
 * run by {@code org.openjdk.jmh.Main SealBenchmark -prof gc}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class SealBenchmark {

	private static final int SIZE = 1024;

	/** Whether the data is compressed. */
	@Param({ "false", "true" })
	public boolean compression;

	private final byte[] content = new byte[SIZE];

	private final SecureRandom random = new SecureRandom();

	private final SealedFormat format = new SealedFormat(KeyRing.random(this.random), "benchmark", "session",
			this.random);

	private final InstantSource clock = InstantSource.system();

	private @Nullable SealedTokens tokens;

	private @Nullable SessionEngine engine;

	private String text = "";

	private String forged = "";

	/** Makes the session. */
	@Setup
	public void createSession() {
		this.tokens = new SealedTokens(this.format, "session", this.compression, EngineSettings.DEFAULTS, this.clock,
				null);
		this.engine = new SessionEngine(this.tokens.sessions(),
				new AttributeCodec(AttributeCodec.mapperBuilder().build()), new SessionIdGenerator(this.random),
				EngineSettings.DEFAULTS, this.clock, (event) -> {
				});
		Client client = new Client(this.tokens.blank());
		RequestSession request = client.token.engine(this.engine).open(null, client);
		for (int i = 0; i < 20; i++) {
			request.session().set("attribute" + i, "value " + Integer.toHexString(i * 0x9E3779B9) + " of a session");
		}
		request.session().increment("views");
		request.commit();
		request.end();
		this.text = client.sent;
		this.forged = this.text.substring(1) + "A";
	}

	/**
	 * To seal 1 KB.
	 * @return something to keep
	 */
	@Benchmark
	public Object seal() {
		return this.format.seal(this.content);
	}

	/**
	 * To open the session's text.
	 * @return something to keep
	 */
	@Benchmark
	public Object open() {
		return this.format.open(this.text);
	}

	/**
	 * To refuse a text of another version.
	 * @return something to keep
	 */
	@Benchmark
	public Object malformed() {
		return this.format.open(this.forged);
	}

	/**
	 * To refuse a text that was changed.
	 * @return something to keep
	 */
	@Benchmark
	public Object tampered() {
		return this.format.open(this.text.substring(0, 40) + "AAAA" + this.text.substring(44));
	}

	/**
	 * A request that reads one attribute.
	 * @return something to keep
	 */
	@Benchmark
	public @Nullable Object read() {
		Client client = client();
		Long views = client.request().session().get("views", Long.class);
		client.request().commit();
		client.request().end();
		return views;
	}

	/**
	 * The view counter.
	 * @return something to keep
	 */
	@Benchmark
	public Object increment() {
		Client client = client();
		client.request().session().increment("views");
		client.request().commit();
		String sealed = client.token.text(Objects.requireNonNull(client.request().confirmedId()));
		client.request().end();
		return sealed;
	}

	private Client client() {
		ClientToken token = Objects.requireNonNull(Objects.requireNonNull(this.tokens).read(this.text, (reason) -> {
		}));
		Client client = new Client(token);
		client.request = token.engine(Objects.requireNonNull(this.engine)).open(token.id(), client);
		return client;
	}

	/** Takes the text. */
	private static final class Client implements ClientChannel {

		private final ClientToken token;

		private @Nullable RequestSession request;

		private String sent = "";

		Client(ClientToken token) {
			this.token = token;
		}

		RequestSession request() {
			return Objects.requireNonNull(this.request);
		}

		@Override
		public boolean isOpen() {
			return true;
		}

		@Override
		public boolean canSend() {
			return true;
		}

		@Override
		public void send(SessionId id, @Nullable Duration maxAge) {
			this.sent = this.token.text(id);
		}

		@Override
		public void clear() {
		}

	}

}
