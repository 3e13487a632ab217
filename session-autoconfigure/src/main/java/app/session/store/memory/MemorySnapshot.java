package app.session.store.memory;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import app.session.SessionKey;
import app.session.crypto.SealedFile;
import app.session.store.PrincipalEntry;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * The sessions of a store in memory, in a file from one start of an application to the
 * next. The file is sealed: who steals it learns nothing, and who forges it is refused.
 * <p>
 * It is read once, and deleted before the sessions are used: were it read again, those
 * that have ended meanwhile would come back. Times are instants, so that what passes
 * while the application is down counts. A session that expires then has no event.
 * <p>
 * Under the seal there is a byte for the version, and then parts, each with a byte that
 * says what it is: the floor of the epochs, the sessions, then the entries of the
 * principals, which name sessions, and the end.
 */
public final class MemorySnapshot {

	private static final Log logger = LogFactory.getLog(MemorySnapshot.class);

	/** Counts the forms of {@link CompactRecord} and {@link PrincipalEntry} too. */
	private static final int VERSION = 1;

	private static final int END = 0;

	private static final int SESSION = 1;

	private static final int PRINCIPAL = 2;

	private static final int FLOOR = 3;

	private final Path file;

	private final SealedFile seal;

	private final InstantSource clock;

	/**
	 * Creates a snapshot.
	 * @param file where it is, or will be: a file of this process alone
	 * @param seal how it is sealed
	 * @param clock the clock of the store
	 */
	public MemorySnapshot(Path file, SealedFile seal, InstantSource clock) {
		this.file = file.toAbsolutePath();
		this.seal = seal;
		this.clock = clock;
	}

	/**
	 * Gives a store the sessions that are in the file, if there is one, and writes those
	 * that the store has when it is closed. A file that can't be read or written is a
	 * warning: the store begins empty, or what it had is lost.
	 * @param store a store that is empty as yet
	 */
	public void keep(MemorySessionRepository store) {
		if (Files.exists(this.file)) {
			restore(store);
		}
		store.atClose(() -> save(store));
	}

	private void restore(MemorySessionRepository store) {
		try {
			read(store);
			Files.delete(this.file);
			logger.info("Sessions from before the restart: " + store.count());
		}
		catch (IOException | RuntimeException ex) {
			store.records().clear();
			store.principals().clear();
			logger.warn("The sessions in " + this.file + " are not used: " + ex.getMessage(), ex);
		}
	}

	private void read(MemorySessionRepository store) throws IOException {
		try (DataInputStream in = new DataInputStream(
				this.seal.open(new BufferedInputStream(Files.newInputStream(this.file))))) {
			int version = in.readUnsignedByte();
			if (version != VERSION) {
				throw new IOException("It is of version " + version + ", not " + VERSION);
			}
			long now = this.clock.millis();
			for (int part = in.readUnsignedByte(); part != END; part = in.readUnsignedByte()) {
				switch (part) {
					case FLOOR -> store.principals().raiseFloor(in.readLong());
					case SESSION -> readSession(store, in, now);
					case PRINCIPAL -> readPrincipal(store, in);
					default -> throw new IOException("It has a part that is not known: " + part);
				}
			}
			if (in.read() != -1) {
				throw new IOException("It goes on after its end");
			}
		}
	}

	private static void readSession(MemorySessionRepository store, DataInputStream in, long now) throws IOException {
		SessionKey key = new SessionKey(in.readLong(), in.readLong());
		byte[] stored = readBytes(in);
		if (now < CompactRecord.expiry(stored)) {
			store.insert(key, stored);
		}
	}

	/** Sessions that ended while the application was down belong to nobody any more. */
	private static void readPrincipal(MemorySessionRepository store, DataInputStream in) throws IOException {
		String principal = new String(readBytes(in), StandardCharsets.UTF_8);
		PrincipalEntry entry = PrincipalEntry.decode(readBytes(in));
		if (entry == null) {
			throw new IOException("It has the entry of a principal that can't be read");
		}
		List<SessionKey> ended = Stream.concat(entry.members().stream(), entry.condemned().stream())
			.filter((key) -> !store.records().containsKey(key))
			.toList();
		store.principals().restore(principal, entry.strikeOff(ended));
	}

	private static byte[] readBytes(DataInputStream in) throws IOException {
		int length = in.readInt();
		byte[] bytes = in.readNBytes(length);
		if (bytes.length != length) {
			throw new EOFException("It ends in the middle of a part");
		}
		return bytes;
	}

	private void save(MemorySessionRepository store) {
		try {
			Path written = Files.createTempFile(this.file.getParent(), this.file.getFileName() + ".", ".tmp",
					ownerOnly());
			try {
				write(store, written);
				Files.move(written, this.file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
			}
			finally {
				Files.deleteIfExists(written);
			}
		}
		catch (IOException | RuntimeException ex) {
			logger.warn("The sessions were not written to " + this.file + " and end with this process", ex);
		}
	}

	private FileAttribute<?>[] ownerOnly() {
		if (!this.file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
			return new FileAttribute<?>[0];
		}
		return new FileAttribute<?>[] {
				PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")) };
	}

	private void write(MemorySessionRepository store, Path path) throws IOException {
		try (OutputStream stream = new BufferedOutputStream(Files.newOutputStream(path));
				DataOutputStream out = new DataOutputStream(this.seal.seal(stream))) {
			out.writeByte(VERSION);
			out.writeByte(FLOOR);
			out.writeLong(store.principals().floor());
			writeSessions(store, out);
			for (Map.Entry<String, PrincipalEntry> entry : store.principals().entries().entrySet()) {
				out.writeByte(PRINCIPAL);
				writeBytes(out, entry.getKey().getBytes(StandardCharsets.UTF_8));
				writeBytes(out, entry.getValue().encode());
			}
			out.writeByte(END);
		}
		try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
			channel.force(true);
		}
	}

	private void writeSessions(MemorySessionRepository store, DataOutputStream out) throws IOException {
		long now = this.clock.millis();
		for (Map.Entry<SessionKey, byte[]> entry : store.records().entrySet()) {
			if (now < CompactRecord.expiry(entry.getValue())) {
				out.writeByte(SESSION);
				out.writeLong(entry.getKey().high());
				out.writeLong(entry.getKey().low());
				writeBytes(out, entry.getValue());
			}
		}
	}

	private static void writeBytes(DataOutputStream out, byte[] bytes) throws IOException {
		out.writeInt(bytes.length);
		out.write(bytes);
	}

}
