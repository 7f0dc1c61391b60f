package dev.weir.runtime.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.ledger.Bound;
import dev.weir.ledger.Seen;
import dev.weir.ledger.memory.InMemoryLedgerStore;
import dev.weir.runtime.fake.FailingStore;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Finding what an earlier attempt at a savepoint left in the store. */
final class SavepointSearchTest {

    private static final String TERM_3 = new SavepointPlace("u-1", 3).directory("");
    private static final String TERM_4 = new SavepointPlace("u-1", 4).directory("");

    private final InMemoryLedgerStore objects = new InMemoryLedgerStore();
    private final FailingStore store = new FailingStore(objects);
    private final SavepointSearch search = new SavepointSearch(store, new Bound(2, Duration.ZERO));

    @Test
    void nothingThereIsAbsent() throws Exception {
        put("/savepoints/u-10/0000000000000000003/a/_metadata");
        assertThat(search.complete("u-1")).isEqualTo(Seen.absent());
    }

    @Test
    void stateWithoutMetadataIsAnAttemptThatWasNeverComplete() throws Exception {
        put(TERM_3 + "/a/0a1b", TERM_3 + "/a/f0");
        assertThat(search.complete("u-1")).isEqualTo(Seen.absent());
    }

    @Test
    void theCompleteOneAmongIncompleteOnesIsFound() throws Exception {
        put(TERM_3 + "/a/0a1b", TERM_3 + "/a0/0a1b", TERM_4 + "/b/0a1b", TERM_4 + "/b/_metadata");
        assertThat(search.complete("u-1")).isEqualTo(Seen.present(TERM_4.substring(1) + "/b"));
    }

    @Test
    void amongTwoThatAreCompleteTheNewestTermsIsItAsAZombieMayFinishAnOlderOneLater()
            throws Exception {
        put(TERM_4 + "/a/_metadata", TERM_3 + "/b/_metadata");
        assertThat(search.complete("u-1")).isEqualTo(Seen.present(TERM_4.substring(1) + "/a"));
    }

    @Test
    void moreStateThanOnePageHoldsDoesNotHideTheMetadata() throws Exception {
        for (int i = 0; i < 2_500; i++) {
            put(TERM_3 + "/a/%04x".formatted(i));
        }
        put(TERM_3 + "/a/_metadata", TERM_3 + "/b/x");
        assertThat(search.complete("u-1")).isEqualTo(Seen.present(TERM_3.substring(1) + "/a"));
    }

    @Test
    void aStrayObjectHidesNothing() throws Exception {
        put("/savepoints/u-1/0-note", TERM_3 + "/a/_metadata");
        assertThat(search.complete("u-1")).isEqualTo(Seen.present(TERM_3.substring(1) + "/a"));
    }

    @Test
    void aStoreThatDoesNotAnswerIsAskedAgainAndThenUnreachableNeverAbsent() throws Exception {
        put(TERM_3 + "/a/_metadata");
        store.failAfter(1, 1);
        assertThat(search.complete("u-1")).isInstanceOf(Seen.Present.class);
        store.failAfter(0, 2);
        assertThat(search.complete("u-1")).isInstanceOf(Seen.Unreachable.class);
        store.failAfter(1, 2);
        assertThat(search.complete("u-1")).isInstanceOf(Seen.Unreachable.class);
    }

    @Test
    void aPlaceIsReadOffTheDirectoryItGaveAndOffNothingOfAStop() {
        var place = new SavepointPlace("0b9e6a4e-1111-4222-8333-944455556666", 7);
        assertThat(SavepointPlace.of(place.directory("s3://b/ns/j"))).contains(place);
        assertThat(SavepointPlace.of(place.directory("s3://b/ns/j") + "/savepoint-a/_metadata"))
                .contains(place);
        assertThat(
                        SavepointPlace.of(
                                "s3://b/ns/j/savepoints/0000000000000000001-5d0c1f2a/savepoint-a"))
                .isEmpty();
    }

    private void put(String... keys) {
        for (String key : keys) {
            objects.create(key.substring(1), "x");
        }
    }
}
