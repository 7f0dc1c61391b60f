package dev.weir.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.ledger.LedgerRecord.CloseReason;
import dev.weir.ledger.LedgerRecord.Sealed;
import dev.weir.ledger.Seen.Unreachable;
import dev.weir.ledger.fake.Scene;
import dev.weir.ledger.fake.ScriptedStore.Fault;
import dev.weir.ledger.fake.ScriptedStore.Op;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules 2 and 12: the ledger's end is found whatever its age, and what can't be read is no end. */
final class WalkingTest {

    private final Scene scene = new Scene();

    @Test
    void anEmptyLedgerIsEmpty() {
        assertThat(scene.look()).isEqualTo(new LedgerView.Empty());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 7, 8, 9, 31, 32, 33})
    void rule7_theNewestOfAnyNumberOfTermsIsFound(int terms) {
        scene.checkpoint(scene.first("pod"), 1);
        for (var term = 1; term < terms; term++) {
            scene.won(Scene.request("pod", term, Scene.latest()));
        }
        assertThat(scene.term().number()).isEqualTo(terms);
        assertThat(scene.term().latest()).isEqualTo(Scene.point(1, 1));
    }

    @Test
    void rule7_theNewestTermIsFoundThoughAllOtherSlotsOfEarlierTermsAreGone() {
        scene.checkpoint(scene.checkpoint(scene.first("p"), 1), 2);
        var owned = scene.won(Scene.request("q", 1, Scene.latest()));
        Owning.prunable(owned, 4).forEach(slot -> scene.objects.delete(slot.key()));
        assertThat(scene.record(1, 1)).isEmpty();
        assertThat(scene.term())
                .isEqualTo(
                        new LedgerView.Term(
                                2, owned.claim(), 1, Scene.point(1, 2), 2, new LedgerView.Open()));
    }

    @Test
    void rule7_aTermThatIsPrunedWhileItIsWalkedIsNotTakenForAnOpenOne() {
        scene.checkpoint(scene.checkpoint(scene.checkpoint(scene.first("p"), 1), 2), 3);
        scene.store.meanwhile(
                Op.READ,
                new Slot(1, 2).key(),
                () -> {
                    var owned = scene.won(Scene.request("q", 1, Scene.latest()));
                    Owning.prunable(owned, 5).forEach(slot -> scene.objects.delete(slot.key()));
                });
        assertThat(scene.term().number()).isEqualTo(2);
        assertThat(scene.term().latest()).isEqualTo(Scene.point(1, 3));
    }

    @Test
    void rule2_aSlotThatIsMissingBelowOneThatIsListedIsNoEnd() {
        var owned = scene.first("p");
        for (var id = 1; id <= 4; id++) {
            owned = scene.checkpoint(owned, id);
        }
        scene.objects.delete(new Slot(1, 3).key());
        assertThat(scene.run(Walking.look()))
                .isInstanceOfSatisfying(
                        Unreachable.class, u -> assertThat(u.cause()).contains("slot 3"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 5, 20})
    void rule2_aListThatLagsIsAHintAndTheWalkGoesOnByReads(int hidden) {
        var owned = scene.first("p");
        for (var id = 1; id <= 19; id++) {
            owned = scene.checkpoint(owned, id);
        }
        scene.store.lists(keys -> keys.subList(0, Math.max(0, keys.size() - hidden)));
        assertThat(scene.term().nextSlot()).isEqualTo(20);
        assertThat(scene.term().latest()).isEqualTo(Scene.point(1, 19));
    }

    @Test
    void rule2_strangeKeysAmongTheSlotsDoNotMoveTheEnd() {
        scene.checkpoint(scene.first("p"), 1);
        IntStream.range(0, 9)
                .forEach(n -> scene.objects.create(Slot.prefix(1) + "stray-" + n, "x"));
        assertThat(scene.term().nextSlot()).isEqualTo(2);
        assertThat(scene.term().latest()).isEqualTo(Scene.point(1, 1));
    }

    @Test
    void rule8_theWholeEndIsReadThoughTheWalkBeginsNearIt() {
        var owned = scene.first("p");
        for (var id = 1; id <= 9; id++) {
            owned = scene.checkpoint(owned, id);
        }
        owned = scene.close(owned, scene.savepoint(10), CloseReason.SUSPEND, Optional.empty());
        scene.run(new Owning(Scene.BOUND, Scene.NEVER_ROLLS).finish(owned, Scene.NOW));
        assertThat(scene.term().end())
                .isEqualTo(new LedgerView.ClosedFor(CloseReason.SUSPEND, Optional.empty(), true));
        assertThat(scene.term().latest()).isEqualTo(scene.savepoint(10));
        assertThat(scene.term().highestId()).isEqualTo(10);
    }

    @Test
    void rule2_aSealAloneLeavesTheCheckpointBeforeItTheLatest() {
        var owned = scene.first("p");
        for (var id = 1; id <= 9; id++) {
            owned = scene.checkpoint(owned, id);
        }
        scene.objects.create(
                owned.next().key(), LedgerJson.write(new Sealed("q", Scene.NOW, "pod q")));
        assertThat(scene.term().end()).isEqualTo(new LedgerView.SealedBy("pod q"));
        assertThat(scene.term().latest()).isEqualTo(Scene.point(1, 9));
    }

    @Test
    void rule12_whereverAReadGoesUnansweredTheLedgerIsUnreachableNeverEmptyOrShorter() {
        scene.checkpoint(scene.checkpoint(scene.first("p"), 1), 2);
        scene.checkpoint(scene.won(Scene.request("q", 1, Scene.latest())), 3);
        for (var slot :
                List.of(
                        new Slot(1, 0),
                        new Slot(2, 0),
                        new Slot(4, 0),
                        new Slot(3, 0),
                        new Slot(2, 1),
                        new Slot(2, 2))) {
            scene.store.script(Op.READ, slot.key(), Fault.TIMEOUT_BEFORE);
            assertThat(scene.run(Walking.look()))
                    .as(slot.toString())
                    .isInstanceOf(Unreachable.class);
        }
        assertThat(scene.term().number()).isEqualTo(2);
    }

    @Test
    void rule12_aFirstClaimThatIsMissingBelowOtherKeysIsDamageNotEmptiness() {
        scene.objects.create(new Slot(2, 0).key(), "x");
        assertThat(scene.run(Walking.look()))
                .isInstanceOfSatisfying(
                        Unreachable.class, u -> assertThat(u.cause()).contains("first claim"));
    }

    @Test
    void aRecordOfAKindThatIsNotKnownMakesTheLedgerUnreachable() {
        scene.first("p");
        scene.objects.create(new Slot(1, 1).key(), "{\"kind\":\"of the future\"}");
        assertThat(scene.run(Walking.look())).isInstanceOf(Unreachable.class);
    }
}
