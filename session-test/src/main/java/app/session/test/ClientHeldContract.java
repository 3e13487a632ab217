package app.session.test;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

import app.session.SessionKey;
import app.session.SessionRecord;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/**
 * The contract of a store that keeps its data at the clients, as a JUnit test class: the
 * rules of {@link SessionRepositoryContract} that can hold where the server remembers
 * nothing from one request to the next, for a client that keeps what it is answered with,
 * and further ones for a client that does not. {@link #leftOut()} names the others, one
 * by one, and says why they can't hold. All of them have to hold within one request: a
 * store shows that by a {@link SessionRepositoryContract} over what one request sees.
 */
public abstract class ClientHeldContract extends StoreContract implements CreateRules, ExpiryRules, WriteRules {

	private static final String TWO_REQUESTS = "two requests at once each have the record as it was brought, and none "
			+ "knows of the other: ";

	private static final String LATER_ANSWER = "of their answers the client keeps the later, and what the other wrote "
			+ "is lost";

	private static final String OLD_TEXT = "a text that is on its way, or was kept, opens again until its times are "
			+ "over, so no delete is final";

	private static final String NO_LOST_REPLY = "no reply is lost between a request and the record that it holds, so "
			+ "that the writers are not sent along. If the answer to the client is lost, it brings the old record "
			+ "again, and nothing in that tells of the new one";

	@Override
	protected abstract ClientHeldFixture createFixture() throws Exception;

	private ClientHeldFixture clients() {
		return (ClientHeldFixture) fixture();
	}

	/**
	 * The rules of {@link SessionRepositoryContract} that a store of this kind can't
	 * keep.
	 * @return the reason by the rule's name
	 */
	public static Map<String, String> leftOut() {
		Map<String, String> reasons = new TreeMap<>();
		reasons.put("dataOfAnySizeIsKept", "a client keeps 4 KB (RFC 6265bis)");
		reasons.put("anUpdateWhoseReplyWasLostIsAppliedOnce", NO_LOST_REPLY);
		reasons.put("anUpdateIsKnownAfterThreeLaterWriters", NO_LOST_REPLY);
		reasons.put("anUpdateIsForgottenAfterFourLaterWritersButNotApplied", NO_LOST_REPLY);
		reasons.put("theLastFourWritersAreKept", NO_LOST_REPLY);
		reasons.put("theSameUpdateAtOnceIsAppliedOnce", NO_LOST_REPLY);
		reasons.put("ofManyCreatesOfOneKeyOneSucceeds",
				TWO_REQUESTS + "both create it. Keys are random, so none is created twice but by design");
		reasons.put("ofManyDeletesOneAnswersTrue", TWO_REQUESTS + "both delete it");
		reasons.put("ofManyIdChangesOneWins", TWO_REQUESTS + "both change it, and " + LATER_ANSWER);
		reasons.put("nothingInFlightSurvivesADelete", OLD_TEXT);
		reasons.put("aDeleteAmongIncrementsIsFinal", OLD_TEXT);
		reasons.put("aTouchNeitherStopsAnUpdateNorUndoesIt",
				TWO_REQUESTS + "the answer to the touch is the record of before the update");
		reasons.put("noIncrementIsLost", TWO_REQUESTS + "both count from the same number, and " + LATER_ANSWER);
		reasons.put("noIncrementIsLostAmongTouchesIdChangesAndLostReplies",
				TWO_REQUESTS + "both count from the same number, and " + LATER_ANSWER);
		return reasons;
	}

	/**
	 * They are not sent along.
	 */
	@Override
	public final void assertSameWriters(SessionRecord actual, SessionRecord expected) {
		Assertions.assertThat(actual.writers()).isNotEmpty();
	}

	@Test
	final void everyRuleOfTheContractIsKeptOrLeftOutForAReason() {
		Set<String> kept = rules(ClientHeldContract.class);
		Set<String> leftOut = leftOut().keySet();
		Set<String> all = rules(SessionRepositoryContract.class);
		Assertions.assertThat(kept).as("kept and left out").doesNotContainAnyElementsOf(leftOut);
		Set<String> accounted = new TreeSet<>(leftOut);
		kept.stream().filter(all::contains).forEach(accounted::add);
		Assertions.assertThat(accounted).isEqualTo(all);
	}

	private static Set<String> rules(Class<?> contract) {
		return Arrays.stream(contract.getMethods())
			.filter((method) -> method.isAnnotationPresent(Test.class))
			.map(Method::getName)
			.collect(Collectors.toCollection(TreeSet::new));
	}

	@Test
	final void whatWasKeptIsTheWholeSessionAsItWasThen() {
		SessionRecord first = stored();
		String kept = held(first.key());
		SessionRecord next = first.next(SessionRecords.newTag(), SessionRecords.newHash(),
				first.idleTimeout().plusMillis(1), "alice", new byte[] { 1, 2, 3 });
		Assertions.assertThat(store().update(next)).isTrue();
		clients().hold(first.key(), kept);
		assertSame(read(first.key()), first);
	}

	@Test
	final void whatWasKeptFromBeforeATouchEndsAsIfThereHadBeenNone() {
		SessionRecord record = stored();
		String kept = held(record.key());
		fixture().advance(record.idleTimeout().minus(MINUTE));
		Assertions.assertThat(store().touch(record.key())).isTrue();
		fixture().advance(MINUTE);
		Assertions.assertThat(store().find(record.key())).isNotNull();
		clients().hold(record.key(), kept);
		assertAbsent(record);
	}

	@Test
	final void whatWasKeptFromBeforeADeleteEndsWithItsLifetimeWhateverIsDoneWithIt() {
		SessionRecord record = stored(
				SessionRecords.records().idleTimeout(Duration.ofMinutes(30)).lifetime(Duration.ofMinutes(60)));
		String kept = held(record.key());
		Assertions.assertThat(store().delete(record.key())).isTrue();
		assertAbsent(record);
		clients().hold(record.key(), kept);
		for (int i = 0; i < 2; i++) {
			fixture().advance(Duration.ofMinutes(25));
			Assertions.assertThat(store().update(SessionRecords.withData(read(record.key()), "1"))).isTrue();
			Assertions.assertThat(store().touch(record.key())).isTrue();
		}
		SessionRecord last = read(record.key());
		fixture().advance(Duration.ofMinutes(10));
		assertAbsent(last);
		clients().hold(record.key(), kept);
		assertAbsent(record);
	}

	@Test
	final void theTextOfOneSessionIsNotAnothers() {
		SessionRecord one = stored();
		SessionRecord other = stored();
		clients().hold(one.key(), held(other.key()));
		assertAbsent(one);
	}

	@Test
	final void aTextThatWasChangedIsNoSession() {
		SessionRecord record = stored(SessionRecords.records().principal("alice").data("data"));
		String text = held(record.key());
		for (int i = 0; i < text.length(); i++) {
			char other = (text.charAt(i) == 'A') ? 'B' : 'A';
			clients().hold(record.key(), text.substring(0, i) + other + text.substring(i + 1));
			Assertions.assertThat(store().find(record.key())).as("with another character at %d", i).isNull();
			Assertions.assertThat(store().touch(record.key())).isFalse();
		}
		clients().hold(record.key(), text);
		assertSame(read(record.key()), record);
	}

	@Test
	final void noTextTellsOfWhatIsInIt() {
		SessionRecord record = stored(SessionRecords.records().principal("alice-in-the-text").data("data-in-the-text"));
		Assertions.assertThat(held(record.key())).doesNotContain("alice", "data-in", "YWxpY2U", "ZGF0YS1pbi");
		SessionRecord same = stored(SessionRecords.records().principal("alice-in-the-text").data("data-in-the-text"));
		Assertions.assertThat(held(same.key())).doesNotContain(held(record.key()).substring(10, 30));
	}

	private String held(SessionKey key) {
		return Objects.requireNonNull(clients().held(key), "The client holds nothing");
	}

}
