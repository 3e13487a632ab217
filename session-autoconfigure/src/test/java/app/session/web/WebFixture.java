package app.session.web;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

import app.session.SessionEvent;
import app.session.SessionKey;
import app.session.SessionRecord;
import app.session.SessionRepository;
import app.session.codec.AttributeCodec;
import app.session.core.EngineSettings;
import app.session.core.SessionEngine;
import app.session.crypto.KeyRing;
import app.session.crypto.SessionIdGenerator;
import app.session.crypto.SignedIdFormat;
import org.jspecify.annotations.Nullable;

/**
 * What a test of the cookies needs. There is no store: nothing here may ask for one.
 */
final class WebFixture {

	final KeyRing ring = KeyRing.random(new SecureRandom());

	final SessionIdGenerator ids = new SessionIdGenerator(new SecureRandom());

	final SignedIdFormat format = new SignedIdFormat(this.ring, "test", "session");

	final List<SessionEvent> events = new ArrayList<>();

	SessionWeb web(SessionCookie cookie) {
		SessionEngine engine = new SessionEngine(new NoRepository(),
				new AttributeCodec(AttributeCodec.mapperBuilder().build()), this.ids, EngineSettings.DEFAULTS,
				Clock.systemUTC(), this.events::add);
		return new SessionWeb(engine, ClientWays.of(cookie, this.format), cookie, WebSettings.DEFAULTS, null,
				this.events::add);
	}

	private static final class NoRepository implements SessionRepository {

		@Override
		public @Nullable SessionRecord find(SessionKey key) {
			throw new AssertionError("A call of the store");
		}

		@Override
		public boolean create(SessionRecord record) {
			throw new AssertionError("A call of the store");
		}

		@Override
		public boolean update(SessionRecord record) {
			throw new AssertionError("A call of the store");
		}

		@Override
		public boolean touch(SessionKey key) {
			throw new AssertionError("A call of the store");
		}

		@Override
		public boolean delete(SessionKey key) {
			throw new AssertionError("A call of the store");
		}

	}

}
