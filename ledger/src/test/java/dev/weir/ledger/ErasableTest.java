package dev.weir.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.ledger.Erasable.Area;
import dev.weir.ledger.memory.InMemoryLedgerStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rules 7 and 10: what may go of a buried job, key by key and page by page. */
final class ErasableTest {

    private static final String TERM_1 = "%019d".formatted(1);
    private static final String TERM_7 = "%019d".formatted(7);
    private static final String TERM_8 = "%019d".formatted(8);

    @Test
    void rule10_checkpointsOfTermsBeforeTheTombstoneGo() {
        var ours = "checkpoints/" + TERM_1 + "/a1/chk-3/_metadata";
        var shared = "checkpoints/" + TERM_7 + "/a1/shared/0f";
        assertThat(Erasable.page(Area.CHECKPOINTS, List.of(ours, shared), 8).keys())
                .containsExactly(ours, shared);
    }

    @Test
    void rule11_checkpointsOfTheJobThatGoesOnAfterTheTombstoneStay() {
        var theirs = "checkpoints/" + "%019d".formatted(9) + "/a1/chk-3/_metadata";
        assertThat(Erasable.page(Area.CHECKPOINTS, List.of(theirs), 8).keys()).isEmpty();
        var at = "checkpoints/" + TERM_8 + "/a1/chk-3/_metadata";
        assertThat(Erasable.page(Area.CHECKPOINTS, List.of(at), 8).keys()).isEmpty();
    }

    @Test
    void rule10_savepointsThatClosedATermGoAndThoseMadeByHandStay() {
        var closing = "savepoints/" + TERM_7 + "-ab12cd34/savepoint-1/_metadata";
        var byHand = "savepoints/0b9e6a4e-6a63-4d5c-8a9b-2f7d5c1e0a11/_metadata";
        var later = "savepoints/" + TERM_8 + "-ab12cd34/_metadata";
        assertThat(Erasable.page(Area.SAVEPOINTS, List.of(closing, later, byHand), 8).keys())
                .containsExactly(closing);
    }

    @Test
    void rule10_whatIsNotNamedAsTheJobNamesItsFilesStays() {
        var strange = List.of("checkpoints/1/x", "checkpoints/" + TERM_1, "checkpoints/notes.txt");
        assertThat(Erasable.page(Area.CHECKPOINTS, strange, 8).keys()).isEmpty();
        assertThat(
                        Erasable.page(Area.LEDGER, List.of("ledger/a", "ledger/b", "ledger/c"), 8)
                                .keys())
                .isEmpty();
    }

    @Test
    void rule7_eachTermsClaimAndItsLastTwoSlotsStay() {
        var listed = Stream.of(term(1, 6), term(2, 1), term(3, 3)).flatMap(List::stream).toList();
        assertThat(Erasable.page(Area.LEDGER, listed, 4).keys())
                .containsExactly(new Slot(1, 1).key(), new Slot(1, 2).key(), new Slot(1, 3).key());
    }

    @Test
    void rule7_slotsFromTheTombstoneOnStay() {
        var listed = Stream.of(term(4, 1), term(5, 9)).flatMap(List::stream).toList();
        assertThat(Erasable.page(Area.LEDGER, listed, 4).keys()).isEmpty();
    }

    @Test
    void rule7_pageByPageTheSameSlotsGoWhereverThePagesBreak() {
        for (var shift = 0; shift < 5; shift++) {
            var store = new InMemoryLedgerStore();
            var slots = new ArrayList<String>();
            slots.addAll(term(1, 3 + shift));
            LongStream.rangeClosed(2, 5).forEach(t -> slots.addAll(term(t, 499)));
            slots.forEach(key -> store.create(key, "x"));
            var gone = sweep(store, Area.LEDGER, 5);
            var expected = new ArrayList<String>();
            IntStream.rangeClosed(1, shift).forEach(n -> expected.add(new Slot(1, n).key()));
            LongStream.rangeClosed(2, 4)
                    .forEach(
                            t ->
                                    LongStream.rangeClosed(1, 496)
                                            .forEach(n -> expected.add(new Slot(t, n).key())));
            assertThat(gone).as("term 1 with " + (3 + shift) + " slots").isEqualTo(expected);
        }
    }

    /** All that a whole sweep finds erasable; nothing is deleted. */
    private static List<String> sweep(JobStore store, Area area, long tombstone) {
        var gone = new ArrayList<String>();
        Optional<String> after = Optional.of("");
        while (after.isPresent()) {
            var seen = (Seen.Present<List<String>>) store.listAfter(area.prefix(), after.get());
            var page = Erasable.page(area, seen.value(), tombstone);
            gone.addAll(page.keys());
            after = page.next();
        }
        return gone;
    }

    private static List<String> term(long number, int slots) {
        return IntStream.range(0, slots).mapToObj(n -> new Slot(number, n).key()).toList();
    }
}
