package app.session.store;

import java.time.Duration;

import app.session.ClientRequest;
import app.session.SessionKey;
import app.session.core.ClientChannel;
import app.session.crypto.SessionId;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Keeps the last cookie that was sent.
 */
final class Visitor implements ClientChannel {

	@Nullable SessionId id;

	SessionKey key() {
		assertThat(this.id).isNotNull();
		return this.id.key();
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
		this.id = id;
	}

	@Override
	public ClientRequest request() {
		throw new IllegalStateException("There are no hooks to ask for it");
	}

	@Override
	public void clear() {
		this.id = null;
	}

}
