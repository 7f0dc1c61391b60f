package dev.weir.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.ledger.LedgerRecord.Checkpoint;
import dev.weir.ledger.LedgerRecord.Sealed;
import dev.weir.ledger.fake.Scene;
import dev.weir.ledger.fake.ScriptedStore.Fault;
import dev.weir.ledger.fake.ScriptedStore.Op;
import dev.weir.ledger.s3.S3Access;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rule 1: an append ends by 2xx or by reading what is in the slot, and by nothing else. */
final class AppendingTest {

    private static final Slot SLOT = new Slot(1, 1);
    private static final Checkpoint MINE =
            new Checkpoint("me", Scene.NOW, 5, Scene.location(1, 5), 7);
    private static final Sealed THEIRS = new Sealed("them", Scene.NOW, "pod of them");

    private final Scene scene = new Scene();

    @Test
    void rule1_aCreateThatSucceedsIsWritten() {
        assertThat(append()).isEqualTo(new Appending.Written());
        assertThat(scene.record(1, 1)).contains(MINE);
    }

    @Test
    void rule1_anAppendThatTimedOutIsReadBackAndFoundToBeOnesOwn() {
        scene.store.script(Op.CREATE, SLOT.key(), Fault.TIMEOUT_AFTER);
        assertThat(append()).isEqualTo(new Appending.Written());
        assertThat(scene.store.created()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"TIMEOUT_BEFORE", "SERVER_ERROR", "EXISTS_THOUGH_ABSENT"})
    void rule1_whatLeftNothingIsTriedAgainAtTheSameSlotWithTheSameBytes(Fault fault) {
        scene.store.script(Op.CREATE, SLOT.key(), fault, fault);
        assertThat(append()).isEqualTo(new Appending.Written());
        assertThat(scene.store.created()).containsExactly(SLOT.key(), SLOT.key(), SLOT.key());
        assertThat(scene.record(1, 1)).contains(MINE);
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"TIMEOUT_BEFORE", "SERVER_ERROR", "EXISTS_THOUGH_ABSENT"})
    void rule1_triesAreBoundedAndTheRestIsUndecidedNotAbsent(Fault fault) {
        scene.store.script(Op.CREATE, SLOT.key(), fault, fault, fault);
        assertThat(append()).isInstanceOf(Appending.Undecided.class);
        assertThat(scene.store.created()).hasSize(Scene.BOUND.tries());
    }

    @Test
    void rule1_anothersRecordInTheSlotFencesTheWriter() {
        scene.objects.create(SLOT.key(), LedgerJson.write(THEIRS));
        assertThat(append()).isEqualTo(new Appending.Taken(THEIRS));
    }

    @Test
    void rule1_anothersRecordFencesTheWriterThoughItsOwnCreateTimedOut() {
        scene.store.script(Op.CREATE, SLOT.key(), Fault.TIMEOUT_BEFORE);
        scene.store.meanwhile(
                Op.READ,
                SLOT.key(),
                () -> scene.objects.create(SLOT.key(), LedgerJson.write(THEIRS)));
        assertThat(append()).isEqualTo(new Appending.Taken(THEIRS));
    }

    @Test
    void rule1_theSameRecordOfAnotherWriterIsNotOnesOwn() {
        var twin = new Checkpoint("them", MINE.at(), MINE.id(), MINE.location(), MINE.bytes());
        scene.objects.create(SLOT.key(), LedgerJson.write(twin));
        assertThat(append()).isEqualTo(new Appending.Taken(twin));
    }

    @Test
    void rule1_aRequestThatArrivesLateMeetsTheRetryAndChangesNothing() {
        scene.store.script(Op.CREATE, SLOT.key(), Fault.LATE);
        assertThat(append()).isEqualTo(new Appending.Written());
        scene.store.land();
        assertThat(scene.record(1, 1)).contains(MINE);
    }

    @Test
    void rule1_aRequestThatArrivesAfterTheWriterGaveUpIsWhyItWasToldUndecided() {
        scene.store.script(Op.CREATE, SLOT.key(), Fault.LATE, Fault.LATE, Fault.LATE);
        assertThat(append()).isInstanceOf(Appending.Undecided.class);
        scene.store.land();
        assertThat(scene.record(1, 1)).contains(MINE);
    }

    @Test
    void rule1_aSlotThatCannotBeReadIsUndecidedNotFree() {
        var slot = SLOT.key();
        var silence = Fault.TIMEOUT_BEFORE;
        scene.store.script(Op.CREATE, slot, silence, silence, silence);
        scene.store.script(Op.READ, slot, silence, silence, silence);
        assertThat(append())
                .isInstanceOfSatisfying(
                        Appending.Undecided.class,
                        u -> assertThat(u.cause()).contains("timed out", "no answer"));
    }

    @Test
    void rule1_aRecordOfAKindThatIsNotKnownIsUndecidedNeverOverwritten() {
        scene.objects.create(SLOT.key(), "{\"kind\":\"of the future\",\"writer\":\"them\"}");
        assertThat(append()).isInstanceOf(Appending.Undecided.class);
        assertThat(scene.objects.read(SLOT.key()))
                .isEqualTo(Seen.present("{\"kind\":\"of the future\",\"writer\":\"them\"}"));
    }

    @Test
    void rule1_theStandardBoundEndsBeforeTheEnginesHeartbeatTimeOut() {
        var bound = Bound.standard();
        var attempt = S3Access.TIMEOUT.multipliedBy(2).plus(bound.pause());
        assertThat(attempt.multipliedBy(bound.tries())).isLessThan(Duration.ofSeconds(50));
    }

    private Appending.Appended append() {
        return scene.run(Appending.append(SLOT, MINE, Scene.BOUND));
    }
}
