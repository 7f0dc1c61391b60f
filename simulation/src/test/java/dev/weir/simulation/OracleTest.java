package dev.weir.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.crds.JobCondition;
import dev.weir.crds.Reason;
import dev.weir.crds.SavepointCondition;
import dev.weir.crds.SavepointPhase;
import dev.weir.crds.SavepointStatus;
import dev.weir.ledger.ClaimedOperators;
import dev.weir.ledger.LedgerJson;
import dev.weir.ledger.LedgerRecord;
import dev.weir.ledger.RestorePoint;
import dev.weir.ledger.Slot;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What judges the rules is itself shown to see: each of these is a breach that it has to name. */
class OracleTest {

    private final World world = World.of(1, 1, _ -> {});
    private final LedgerOracle oracle = new LedgerOracle(world);
    private final Sink sink = new Sink(world);
    private final SavepointOracle savepoints = new SavepointOracle(world, oracle);

    private void create(long term, long slot, LedgerRecord record) {
        oracle.created(new Slot(term, slot).key(), LedgerJson.write(record), false);
    }

    private LedgerRecord claim(long term, String writer, RestorePoint from) {
        var fromTerm =
                from instanceof RestorePoint.Fresh ? Optional.<Long>empty() : Optional.of(1L);
        return claim(term, writer, from, fromTerm, Optional.empty());
    }

    private LedgerRecord claim(
            long term,
            String writer,
            RestorePoint from,
            Optional<Long> fromTerm,
            Optional<ClaimedOperators> operators) {
        return new LedgerRecord.Claim(
                writer,
                world.agenda().now(),
                "command-" + term,
                "pod-" + writer,
                "job-1",
                "revision",
                "digest",
                operators,
                from,
                fromTerm,
                from.lastId(),
                term,
                Optional.empty(),
                Optional.empty());
    }

    private LedgerRecord checkpoint(String writer, long id) {
        return new LedgerRecord.Checkpoint(writer, world.agenda().now(), id, "c/" + id, 1);
    }

    private LedgerRecord seal(String writer) {
        return new LedgerRecord.Sealed(writer, world.agenda().now(), "pod-" + writer);
    }

    private static void breaks(Invariant which, Runnable breach) {
        assertThatThrownBy(breach::run)
                .isInstanceOfSatisfying(
                        Invariant.Broken.class, b -> assertThat(b.which()).isEqualTo(which));
    }

    @Test
    void rule2_aClaimOfAnOpenTermIsSeen() {
        create(1, 0, claim(1, "a", new RestorePoint.Fresh()));
        breaks(
                Invariant.TERM_ENDS_BEFORE_THE_NEXT,
                () -> create(2, 0, claim(2, "b", new RestorePoint.Fresh())));
    }

    @Test
    void rule2_aRestorePointFromBeforeTheDecidedOneIsSeen() {
        create(1, 0, claim(1, "a", new RestorePoint.Fresh()));
        create(1, 1, checkpoint("a", 1));
        create(1, 2, checkpoint("a", 2));
        create(1, 3, seal("b"));
        breaks(
                Invariant.RESTORE_POINT_DECIDED,
                () -> create(2, 0, claim(2, "b", new RestorePoint.Checkpoint(1, "c/1"))));
        breaks(
                Invariant.FRESH_ONLY_WHEN_EMPTY,
                () -> create(2, 0, claim(2, "b", new RestorePoint.Fresh())));
        create(2, 0, claim(2, "b", new RestorePoint.Checkpoint(2, "c/2")));
        assertThat(oracle.newestTerm()).isEqualTo(2);
    }

    @Test
    void aClaimThatNamesAnotherTermThanTheOneThatMadeItsStateIsSeen() {
        var point = new RestorePoint.Checkpoint(1, "c/1");
        create(1, 0, claim(1, "a", new RestorePoint.Fresh()));
        create(1, 1, checkpoint("a", 1));
        create(1, 2, seal("b"));
        create(2, 0, claim(2, "b", point));
        create(2, 1, seal("c"));
        for (var wrong : List.of(Optional.of(2L), Optional.<Long>empty())) {
            breaks(
                    Invariant.MAKER_KNOWN,
                    () -> create(3, 0, claim(3, "c", point, wrong, Optional.empty())));
        }
        create(3, 0, claim(3, "c", point));
        assertThat(oracle.newestTerm()).isEqualTo(3);
    }

    @Test
    void aClaimOfAKnownRevisionThatTellsAnotherProgramIsSeen() {
        create(1, 0, claim(1, "a", new RestorePoint.Fresh()));
        create(1, 1, checkpoint("a", 1));
        create(1, 2, seal("b"));
        var other = Optional.of(new ClaimedOperators(List.of()));
        var point = new RestorePoint.Checkpoint(1, "c/1");
        breaks(
                Invariant.MAKER_KNOWN,
                () -> create(2, 0, claim(2, "b", point, Optional.of(1L), other)));
    }

    @Test
    void rule3_anAppendAfterTheEndOfATermIsSeen() {
        create(1, 0, claim(1, "a", new RestorePoint.Fresh()));
        create(1, 1, seal("b"));
        breaks(Invariant.ENDED_TERM_IS_QUIET, () -> create(1, 2, checkpoint("a", 1)));
    }

    @Test
    void rule6_anIdThatDoesNotGrowIsSeen() {
        create(1, 0, claim(1, "a", new RestorePoint.Fresh()));
        create(1, 1, checkpoint("a", 5));
        breaks(Invariant.IDS_GROW, () -> create(1, 2, checkpoint("a", 5)));
    }

    @Test
    void rule10_deletingWhatIsDecidedIsSeen() {
        create(1, 0, claim(1, "a", new RestorePoint.Fresh()));
        create(1, 1, checkpoint("a", 1));
        breaks(
                Invariant.NOTHING_NEEDED_DELETED,
                () -> oracle.discards("c/1", List.of(), _ -> Optional.empty()));
    }

    @Test
    void rule13_aTermThatRunsInTwoProcessesIsSeen() {
        oracle.deploys(1, "a");
        breaks(Invariant.TERM_OWNED_ONCE, () -> oracle.deploys(1, "b"));
    }

    @Test
    void outputThatIsCommittedTwiceOrLeftOutIsSeen() {
        var first = new Sink.Id("a", 0);
        var second = new Sink.Id("a", 1);
        var again = new Sink.Id("b", 0);
        sink.begin(first, "origin", 0);
        sink.prepare(first, 10);
        sink.begin(second, "origin", 10);
        sink.prepare(second, 20);
        breaks(Invariant.OUTPUT_AT_LEAST_ONCE, () -> sink.commit(second));
        sink.commit(first);
        sink.commit(first);
        sink.begin(again, "origin", 0);
        sink.prepare(again, 10);
        breaks(Invariant.OUTPUT_AT_MOST_ONCE, () -> sink.commit(again));
    }

    @Test
    void outputThatAnotherWriterAbortedIsSeen() {
        var prepared = new Sink.Id("a", 0);
        sink.begin(prepared, "origin", 0);
        sink.prepare(prepared, 10);
        sink.takeBack(List.of());
        breaks(Invariant.OUTPUT_AT_LEAST_ONCE, () -> sink.commit(prepared));
    }

    @Test
    void rule3_aRecordThatNamesAUsersSavepointIsSeen() {
        breaks(
                Invariant.SAVEPOINT_IN_NO_LEDGER,
                () ->
                        savepoints.recorded(
                                new Slot(2, 0).key(),
                                LedgerJson.write(
                                        claim(
                                                2,
                                                "b",
                                                new RestorePoint.Savepoint(
                                                        1, savepoint("svp-001", 1))))));
    }

    @Test
    void aSecondSavepointOfAResourceThatHasOneIsSeenButNotAZombies() {
        create(1, 0, claim(1, "a", new RestorePoint.Fresh()));
        savepoints.written(savepoint("svp-001", 1));
        world.agenda().runUntil(60_000);
        breaks(Invariant.SAVEPOINT_TAKEN_ONCE, () -> savepoints.begins(savepoint("svp-001", 1)));
        create(1, 1, seal("b"));
        create(2, 0, claim(2, "b", new RestorePoint.Fresh()));
        savepoints.begins(savepoint("svp-001", 1));
        savepoints.begins(savepoint("svp-002", 2));
        savepoints.erased(savepoint("svp-001", 1));
        savepoints.begins(savepoint("svp-001", 2));
    }

    @Test
    void aStatusThatContradictsItselfOrTheBucketIsSeen() {
        var resource = asked("svp-001");
        breaks(
                Invariant.SAVEPOINT_THERE_WHEN_SAID,
                () -> savepoints.told(resource, completed("svp-001", 1), _ -> Optional.empty()));
        breaks(
                Invariant.SAVEPOINT_TOLD_ONCE,
                () -> savepoints.told(resource, completed("svp-001", 2), this::there));
    }

    @Test
    void oneThatIsGivenUpBeforeItsDeadlineIsSeen() {
        var resource = asked("svp-001");
        world.agenda().runUntil(59_999);
        breaks(
                Invariant.SAVEPOINT_WAITED_FOR,
                () -> savepoints.told(resource, overdue(), this::there));
        world.agenda().runUntil(60_000);
        savepoints.told(resource, overdue(), this::there);
    }

    private SavepointResource asked(String uid) {
        savepoints.asked(uid);
        return SavepointResource.created(uid, 1, false, Duration.ofMinutes(1));
    }

    private SavepointStatus overdue() {
        return new SavepointStatus(
                1L,
                SavepointPhase.FAILED,
                List.of(
                        new SavepointCondition(
                                SavepointCondition.Type.COMPLETED,
                                JobCondition.Holds.FALSE,
                                1L,
                                world.agenda().now(),
                                Reason.SAVEPOINT_OVERDUE.word(),
                                "")),
                null,
                null,
                null,
                null,
                null,
                null,
                List.of(),
                null,
                null);
    }

    private Optional<Snapshot> there(String location) {
        return Optional.of(new Snapshot(location, 1, "origin", 0, List.of(), Set.of()));
    }

    private static SavepointStatus completed(String uid, long term) {
        return new SavepointStatus(
                1L,
                SavepointPhase.COMPLETED,
                List.of(),
                savepoint(uid, term),
                1L,
                "rev",
                term,
                1L,
                null,
                List.of(),
                null,
                null);
    }

    private static String savepoint(String uid, long term) {
        return SavepointOracle.directory(uid, term) + "a";
    }
}
