package app.session.store.migrate;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import org.jspecify.annotations.Nullable;

/**
 * Runs a scenario in every order of its actors' calls, and with deaths before every call.
 * Where two orders lead to the same state, what comes after it is looked at once.
 */
final class Schedule {

	private final List<Integer> choices = new ArrayList<>();

	private final List<Integer> options = new ArrayList<>();

	private final List<String> told = new ArrayList<>();

	private final Set<String> seen = new HashSet<>();

	private int runs;

	private final int deaths;

	private Schedule(int deaths) {
		this.deaths = deaths;
	}

	/**
	 * Runs all orders.
	 * @param deaths how many actors may die in one of them
	 * @param scenario makes a scenario, each time anew
	 * @return how many states there were
	 */
	static int explore(int deaths, ScenarioFactory scenario) {
		ExecutorService threads = Executors.newCachedThreadPool((task) -> {
			Thread thread = new Thread(task, "actor");
			thread.setDaemon(true);
			return thread;
		});
		Schedule schedule = new Schedule(deaths);
		try {
			do {
				schedule.run(threads, scenario.create());
				if (++schedule.runs % 2000 == 0) {
					System.err.println(schedule.seen.size() + " of " + schedule.runs + " " + schedule.told);
				}
			}
			while (schedule.advance());
			System.err.println("STATES " + schedule.seen.size() + " runs " + schedule.runs);
			return schedule.seen.size();
		}
		finally {
			threads.shutdownNow();
		}
	}

	private void run(ExecutorService threads, Scenario scenario) {
		Map<String, Actor> actors = new LinkedHashMap<>();
		scenario.actors().forEach((name, task) -> {
			Actor actor = new Actor(name);
			actors.put(name, actor);
			actor.start(threads, task);
		});
		this.told.clear();
		int step = 0;
		int dead = 0;
		try {
			while (true) {
				List<Actor> waiting = actors.values().stream().filter((actor) -> !actor.isFinished()).toList();
				if (waiting.isEmpty()) {
					break;
				}
				int open = (dead < this.deaths) ? 2 * waiting.size() : waiting.size();
				int chosen = choose(step++, open);
				Actor actor = waiting.get(chosen % waiting.size());
				if (chosen < waiting.size()) {
					this.told.add(actor.toString());
					actor.goOn();
				}
				else {
					this.told.add(actor + " dies");
					dead++;
					actor.die();
				}
				check(actor);
				scenario.afterEachStep(actors);
				if (step == this.choices.size() && !this.seen.add(state(scenario, actors))) {
					actors.values().stream().filter((each) -> !each.isFinished()).forEach(Actor::die);
					return;
				}
			}
			scenario.atTheEnd(actors);
		}
		catch (AssertionError ex) {
			throw new AssertionError(ex.getMessage() + "\nin the order " + this.told, ex);
		}
		finally {
			scenario.close();
		}
	}

	private static String state(Scenario scenario, Map<String, Actor> actors) {
		return scenario.state() + actors.values().stream().map(Actor::state).toList();
	}

	private static void check(Actor actor) {
		Throwable failure = actor.failure();
		if (failure != null) {
			throw new AssertionError(actor + " failed: " + failure, failure);
		}
	}

	private int choose(int step, int open) {
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

	/** What an actor does. */
	@FunctionalInterface
	interface Task {

		@Nullable Object run(Actor self) throws Exception;

	}

	/** Makes a scenario. */
	@FunctionalInterface
	interface ScenarioFactory {

		Scenario create();

	}

	/** Who does what, and what must hold. */
	interface Scenario {

		Map<String, Task> actors();

		/** All that is not known to the actors. */
		String state();

		void afterEachStep(Map<String, Actor> actors);

		void atTheEnd(Map<String, Actor> actors);

		void close();

	}

}
