package app.session.store.migrate;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Runs a scenario in every order of its actors' calls, or in some, and with deaths before
 * every call. Where two orders lead to the same state, what comes after it is looked at
 * once.
 */
final class Schedule implements AutoCloseable {

	private final List<Integer> choices = new ArrayList<>();

	private final List<Integer> options = new ArrayList<>();

	private final List<String> told = new ArrayList<>();

	private final Set<String> seen = new HashSet<>();

	private final ExecutorService threads = Executors.newCachedThreadPool((task) -> {
		Thread thread = new Thread(task, "actor");
		thread.setDaemon(true);
		return thread;
	});

	private final int deaths;

	private final Supplier<? extends Scenario> scenario;

	private final @Nullable SplittableRandom random;

	private Schedule(int deaths, Supplier<? extends Scenario> scenario, @Nullable SplittableRandom random) {
		this.deaths = deaths;
		this.scenario = scenario;
		this.random = random;
	}

	/**
	 * Runs all orders.
	 * @param deaths how many actors may die in one of them
	 * @param scenario makes a scenario, each time anew
	 * @return how many states there were
	 */
	static int explore(int deaths, Supplier<? extends Scenario> scenario) {
		try (Schedule schedule = new Schedule(deaths, scenario, null)) {
			do {
				schedule.run();
			}
			while (schedule.advance());
			return schedule.seen.size();
		}
	}

	/**
	 * Runs some orders, the same each time.
	 * @param orders how many
	 * @param deaths how many actors may die in one of them
	 * @param scenario makes a scenario, each time anew
	 */
	static void sample(int orders, int deaths, Supplier<? extends Scenario> scenario) {
		try (Schedule schedule = new Schedule(deaths, scenario, new SplittableRandom(5))) {
			for (int i = 0; i < orders; i++) {
				schedule.run();
			}
		}
	}

	private void run() {
		try (Scenario current = this.scenario.get()) {
			Map<String, Actor> actors = start(current);
			this.told.clear();
			int dead = 0;
			for (int step = 0;; step++) {
				List<Actor> waiting = actors.values().stream().filter((actor) -> !actor.isFinished()).toList();
				if (waiting.isEmpty()) {
					current.atTheEnd(actors);
					return;
				}
				int chosen = choose(step, (dead < this.deaths) ? 2 * waiting.size() : waiting.size());
				boolean dies = chosen >= waiting.size();
				step(waiting.get(chosen % waiting.size()), dies);
				dead += dies ? 1 : 0;
				current.afterEachStep(actors);
				if (this.random == null && step == this.choices.size() - 1 && !this.seen.add(state(current, actors))) {
					actors.values().stream().filter((actor) -> !actor.isFinished()).forEach(Actor::die);
					return;
				}
			}
		}
		catch (AssertionError ex) {
			throw new AssertionError(ex.getMessage() + "\nin the order " + this.told, ex);
		}
	}

	private Map<String, Actor> start(Scenario current) {
		Map<String, Actor> actors = new LinkedHashMap<>();
		current.actors().forEach((name, task) -> {
			Actor actor = new Actor(name);
			actors.put(name, actor);
			actor.start(this.threads, task);
		});
		return actors;
	}

	private void step(Actor actor, boolean dies) {
		this.told.add(dies ? actor + " dies" : actor.toString());
		if (dies) {
			actor.die();
		}
		else {
			actor.goOn();
		}
		Throwable failure = actor.failure();
		if (failure != null) {
			throw new AssertionError(actor + " failed: " + failure, failure);
		}
	}

	private static String state(Scenario scenario, Map<String, Actor> actors) {
		return scenario.state() + actors.values().stream().map(Actor::state).toList();
	}

	private int choose(int step, int open) {
		if (this.random != null) {
			return this.random.nextInt(open);
		}
		if (step == this.choices.size()) {
			this.choices.add(0);
			this.options.add(open);
		}
		return this.choices.get(step);
	}

	/** The next order, depth first. */
	private boolean advance() {
		for (int last = this.choices.size() - 1; last >= 0; last--) {
			if (this.choices.get(last) + 1 < this.options.get(last)) {
				this.choices.set(last, this.choices.get(last) + 1);
				return true;
			}
			this.choices.remove(last);
			this.options.remove(last);
		}
		return false;
	}

	@Override
	public void close() {
		this.threads.shutdownNow();
	}

	/** What an actor does. */
	@FunctionalInterface
	interface Task {

		@Nullable Object run(Actor self) throws Exception;

	}

	/** Who does what, and what must hold. */
	interface Scenario extends AutoCloseable {

		Map<String, Task> actors();

		/** All that is not known to the actors. */
		String state();

		void afterEachStep(Map<String, Actor> actors);

		void atTheEnd(Map<String, Actor> actors);

		@Override
		void close();

	}

}
