package app.session.store.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import app.session.server.RedisProcess;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;

/**
 * A user who may do but a few things on a server.
 *
 * @param name its name
 * @param rules what it may do, as {@code ACL SETUSER} takes them
 */
record RedisUser(String name, List<String> rules) {

	static final String PASSWORD = "a-password";

	/**
	 * The users of the operator's manual, in the order in which they stand there: a
	 * single server's, then a cluster's.
	 */
	static List<RedisUser> documented() {
		String command = "ACL SETUSER ";
		try (Stream<String> lines = Files.lines(Path.of("..", "docs", "operations.md"))) {
			return lines.map(String::strip).filter((line) -> line.startsWith(command)).map((line) -> {
				List<String> words = List.of(line.substring(command.length()).replace("PASSWORD", PASSWORD).split(" "));
				return new RedisUser(words.get(0), words.subList(1, words.size()));
			}).toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * The commands that it may use, without the sign in front.
	 */
	List<String> commands() {
		return this.rules.stream().filter((rule) -> rule.startsWith("+")).map((rule) -> rule.substring(1)).toList();
	}

	/**
	 * Another user who may do all of it but one thing.
	 */
	RedisUser without(String command) {
		List<String> rest = new ArrayList<>(this.rules);
		rest.remove("+" + command);
		return new RedisUser(this.name + "-without-" + command, rest);
	}

	/**
	 * Another user who may do more.
	 */
	RedisUser with(String... commands) {
		List<String> more = new ArrayList<>(this.rules);
		Stream.of(commands).forEach((command) -> more.add("+" + command));
		return new RedisUser(this.name + "-with-" + String.join("-", commands), more);
	}

	/**
	 * Makes the user known, as if it had never been.
	 */
	void createOn(List<RedisProcess> servers) {
		servers.forEach((server) -> server.ask((redis) -> {
			CommandArgs<String, String> words = new CommandArgs<>(StringCodec.UTF8).add("SETUSER")
				.add(this.name)
				.add("reset");
			this.rules.forEach(words::add);
			return redis.dispatch(CommandType.ACL, new StatusOutput<>(StringCodec.UTF8), words);
		}));
	}

	/**
	 * The commands that the user was not allowed.
	 */
	Set<String> denied(List<RedisProcess> servers) {
		return servers.stream()
			.flatMap((server) -> server.ask(RedisCommands::aclLog).stream())
			.filter((entry) -> this.name.equals(entry.get("username")))
			.map((entry) -> String.valueOf(entry.get("object")))
			.collect(Collectors.toCollection(TreeSet::new));
	}

}
