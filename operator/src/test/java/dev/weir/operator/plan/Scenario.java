package dev.weir.operator.plan;

import dev.weir.crds.DeletionSpec.StateOnDeletion;
import dev.weir.crds.Phase;
import dev.weir.crds.UpgradeSpec.OnFailure;
import dev.weir.ledger.LedgerRecord.Claim;
import dev.weir.ledger.LedgerRecord.CloseReason;
import dev.weir.ledger.LedgerView;
import dev.weir.ledger.LedgerView.ClosedFor;
import dev.weir.ledger.LedgerView.End;
import dev.weir.ledger.LedgerView.Open;
import dev.weir.ledger.RestorePoint;
import dev.weir.ledger.Seen;
import dev.weir.operator.plan.Desired.Job;
import dev.weir.operator.plan.Desired.Run;
import dev.weir.operator.plan.Desired.Upgrade;
import dev.weir.operator.plan.PodView.Health;
import dev.weir.operator.plan.PodView.Role;
import dev.weir.operator.plan.PodView.Up;
import dev.weir.protocol.JobDescription;
import dev.weir.protocol.JobDescription.Backend;
import dev.weir.protocol.MemoryBudget;
import dev.weir.protocol.Receipt;
import dev.weir.protocol.RuntimeState;
import dev.weir.protocol.RuntimeView;
import dev.weir.protocol.SavepointView;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Builds what a planner is given, from the words of a test. A job that is to run, with nothing
 * there yet, to begin with.
 */
final class Scenario {

    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    static final String JOB_UID = "job-1";
    static final String REVISION = "aaaaaaaaaaaaaaaa";
    static final String OLD_REVISION = "bbbbbbbbbbbbbbbb";

    private boolean finalizer = true;
    private boolean suspend;
    private boolean namespaceEnding;
    private StateOnDeletion onDeletion = StateOnDeletion.RETAIN;
    private Optional<Instant> deletionAsked = Optional.empty();
    private Recorded recorded = Recorded.nothing();
    private final List<PodView> pods = new ArrayList<>();
    private List<String> programs = List.of(Names.shortRevision(REVISION));
    private List<Run> runs = List.of();
    private OnFailure onFailure = OnFailure.ROLL_BACK;

    static Scenario job() {
        return new Scenario();
    }

    Scenario withoutFinalizer() {
        finalizer = false;
        return this;
    }

    Scenario suspended() {
        suspend = true;
        return this;
    }

    Scenario deleted(StateOnDeletion state, Duration ago) {
        onDeletion = state;
        deletionAsked = Optional.of(NOW.minus(ago));
        return this;
    }

    Scenario recorded(Phase phase, long term) {
        recorded = new Recorded(Optional.of(phase), Optional.of(term));
        return this;
    }

    Scenario recorded(Recorded nowRecorded) {
        recorded = nowRecorded;
        return this;
    }

    Scenario programs(String... revisions) {
        programs = List.of(revisions);
        return this;
    }

    /** Programs of these revisions stand, and tell how they ran. */
    Scenario runs(String... revisions) {
        programs = Stream.of(revisions).map(Names::shortRevision).toList();
        runs = Stream.of(revisions).map(Scenario::run).toList();
        return this;
    }

    Scenario onFailure(OnFailure answer) {
        onFailure = answer;
        return this;
    }

    Scenario pod(PodView pod) {
        pods.add(pod);
        return this;
    }

    Scenario namespaceEnding() {
        namespaceEnding = true;
        return this;
    }

    Desired desired() {
        return new Desired(
                new Job("ns", "delays", JOB_UID),
                7,
                finalizer,
                deletionAsked,
                suspend,
                onDeletion,
                Duration.ofSeconds(5),
                new Upgrade(Duration.ofMinutes(5), onFailure),
                run(REVISION));
    }

    static Run run(String revision) {
        return new Run("INSERT", "image", "1", "1Gi", Optional.empty(), description(revision));
    }

    Observation seen() {
        return new Observation(NOW, pods, programs, runs, namespaceEnding);
    }

    /** What is wanted, and what to do next for it. */
    Plan plan() {
        return Planner.plan(settled(), recorded, seen());
    }

    Desired settled() {
        return Rollback.settle(desired(), seen());
    }

    private static JobDescription description(String revision) {
        return new JobDescription(
                "ns",
                "delays",
                JOB_UID,
                revision,
                new JobDescription.Storage(
                        URI.create("s3://b/ns/delays"), "us-east-1", Optional.empty(), true),
                new JobDescription.State(Backend.HASH_MAP, true),
                new JobDescription.Checkpointing(
                        Duration.ofSeconds(10), Duration.ZERO, Duration.ofMinutes(10), false, 3),
                new JobDescription.Restart(
                        Duration.ofSeconds(1),
                        Duration.ofMinutes(1),
                        Optional.empty(),
                        Duration.ofHours(1)),
                1,
                MemoryBudget.of(1L << 30, Backend.HASH_MAP),
                Map.of(),
                List.of("key"),
                1000);
    }

    /** A pod that is up and says {@code state}, of the spec's revision. */
    static PodView current(String name, RuntimeState state, Seen<LedgerView> ledger) {
        return pod(name, Role.STANDALONE, REVISION, new Up(), view(name, REVISION, state, ledger));
    }

    static PodView outdated(String name, RuntimeState state, Seen<LedgerView> ledger) {
        return pod(
                name,
                Role.STANDALONE,
                OLD_REVISION,
                new Up(),
                view(name, OLD_REVISION, state, ledger));
    }

    static PodView storekeeper(String name, RuntimeState state, Seen<LedgerView> ledger) {
        return pod(name, Role.STOREKEEPER, "", new Up(), view(name, "", state, ledger));
    }

    static PodView silent(String name, String revision, Health health, Seen<RuntimeView> runtime) {
        return pod(name, Role.STANDALONE, revision, health, runtime);
    }

    static PodView pod(
            String name, Role role, String revision, Health health, Seen<RuntimeView> runtime) {
        return new PodView(
                name, "uid-" + name, role, revision, NOW.minusSeconds(60), false, health, runtime);
    }

    static PodView terminating(PodView pod) {
        return new PodView(
                pod.name(),
                pod.uid(),
                pod.role(),
                pod.revision(),
                pod.createdAt(),
                true,
                pod.health(),
                pod.runtime());
    }

    static PodView failedInARow(PodView pod, RuntimeView.JobFailure failure) {
        return telling(pod, v -> saying(v, Optional.of(failure), v.receipts(), v.savepoints()));
    }

    static PodView having(PodView pod, Receipt receipt) {
        return telling(pod, v -> saying(v, v.lastFailure(), List.of(receipt), v.savepoints()));
    }

    static PodView tellingOf(PodView pod, SavepointView savepoint) {
        return telling(pod, v -> saying(v, v.lastFailure(), v.receipts(), List.of(savepoint)));
    }

    private static RuntimeView saying(
            RuntimeView v,
            Optional<RuntimeView.JobFailure> failure,
            List<Receipt> receipts,
            List<SavepointView> savepoints) {
        return new RuntimeView(
                v.podUid(),
                v.boot(),
                v.jobUid(),
                v.revision(),
                v.state(),
                v.ledger(),
                v.prepared(),
                v.fit(),
                v.checkpoint(),
                v.inProgress(),
                failure,
                v.restarts(),
                receipts,
                savepoints);
    }

    private static PodView telling(PodView pod, UnaryOperator<RuntimeView> change) {
        return new PodView(
                pod.name(),
                pod.uid(),
                pod.role(),
                pod.revision(),
                pod.createdAt(),
                pod.terminating(),
                pod.health(),
                pod.runtime().flatMap(v -> Seen.present(change.apply(v))));
    }

    private static Seen<RuntimeView> view(
            String name, String revision, RuntimeState state, Seen<LedgerView> ledger) {
        return Seen.present(
                new RuntimeView(
                        "uid-" + name,
                        "boot-" + name,
                        JOB_UID,
                        revision,
                        state,
                        ledger,
                        Optional.empty(),
                        Seen.unreachable("not compared"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        0,
                        List.of()));
    }

    static Seen<LedgerView> empty() {
        return Seen.present(new LedgerView.Empty());
    }

    static Seen<LedgerView> open(long term) {
        return ledger(term, JOB_UID, new Open());
    }

    static Seen<LedgerView> closed(long term, CloseReason reason, boolean finished) {
        return ledger(term, JOB_UID, new ClosedFor(reason, Optional.empty(), finished));
    }

    static Seen<LedgerView> ledger(long term, String owner, End end) {
        var claim =
                new Claim(
                        "writer",
                        NOW,
                        "command",
                        "uid-other",
                        owner,
                        OLD_REVISION,
                        "digest",
                        Optional.empty(),
                        new RestorePoint.Fresh(),
                        Optional.empty(),
                        0,
                        term,
                        Optional.empty(),
                        Optional.empty());
        return Seen.present(
                new LedgerView.Term(
                        term, claim, 4, new RestorePoint.Checkpoint(9, "s3://b/c"), 9, end));
    }

    static RuntimeState running(long term) {
        return new RuntimeState.Running(term, "f00", NOW.minusSeconds(30));
    }
}
