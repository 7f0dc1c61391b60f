package dev.weir.operator.plan;

import dev.weir.crds.Phase;
import dev.weir.crds.SavepointPhase;
import dev.weir.ledger.Seen;
import dev.weir.operator.plan.SavepointScene.Job;
import dev.weir.protocol.Receipt;
import dev.weir.protocol.SavepointFormat;
import dev.weir.protocol.SavepointView;
import dev.weir.protocol.SavepointView.OperatorState;
import dev.weir.protocol.SavepointView.Progress;
import dev.weir.protocol.SavepointView.Result;
import dev.weir.protocol.SavepointView.Taking;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Builds what a savepoint's planner is given, from the words of a test. */
final class SavepointScenes {

    static final String OURS = "svp-1";

    static final Duration PATIENCE = Duration.ofHours(1);

    static final Result RESULT =
            new Result(
                    "s3://b/ns/delays/savepoints/svp-1/0000000000000000003/a",
                    3,
                    "rev",
                    42,
                    4096,
                    Scenario.NOW,
                    Optional.of(new Taking(Duration.ofMillis(313), "2.3.0")),
                    List.of(new OperatorState("0123", "Counts", 1, 128, 4000)));

    private boolean erase;
    private boolean finalizer;

    private SavepointScenes() {}

    static SavepointScenes wanted() {
        return new SavepointScenes();
    }

    WantedSavepoint plain() {
        return wanted(Optional.empty());
    }

    /** Its deletion deletes its files. */
    WantedSavepoint erased() {
        erase = true;
        return wanted(Optional.empty());
    }

    WantedSavepoint erasedAndProtected() {
        finalizer = true;
        return erased();
    }

    /** Its policy was Delete before. */
    WantedSavepoint protectedOnly() {
        finalizer = true;
        return wanted(Optional.empty());
    }

    static WantedSavepoint deleted(WantedSavepoint wanted) {
        return new WantedSavepoint(
                wanted.uid(),
                wanted.job(),
                wanted.generation(),
                wanted.format(),
                wanted.erase(),
                wanted.patience(),
                wanted.finalizer(),
                Optional.of(Scenario.NOW.minusSeconds(3)));
    }

    private WantedSavepoint wanted(Optional<Instant> deletionAsked) {
        return new WantedSavepoint(
                OURS,
                "delays",
                1,
                SavepointFormat.CANONICAL,
                erase,
                PATIENCE,
                finalizer,
                deletionAsked);
    }

    /** What the status says of one that was first told of so long ago. */
    static RecordedSavepoint waiting(Duration ago) {
        return new RecordedSavepoint(
                Optional.of(SavepointPhase.PENDING), Optional.of(Scenario.NOW.minus(ago)));
    }

    static RecordedSavepoint recorded(SavepointPhase phase) {
        return new RecordedSavepoint(Optional.of(phase), Optional.empty());
    }

    /** The job is there, suspended as far as its status knows, with these pods. */
    static SavepointScene scene(PodView... pods) {
        return new SavepointScene(
                Scenario.NOW,
                Seen.present(new Job(Scenario.JOB_UID, Optional.of(Phase.SUSPENDED))),
                List.of(pods));
    }

    static SavepointScene absent() {
        return new SavepointScene(Scenario.NOW, Seen.absent(), List.of());
    }

    static SavepointScene unreachable() {
        return new SavepointScene(Scenario.NOW, Seen.unreachable("500"), List.of());
    }

    /** The pod tells this of a savepoint too. */
    static PodView told(PodView pod, String savepointUid, long term, Progress progress) {
        return Scenario.tellingOf(pod, new SavepointView(savepointUid, term, progress));
    }

    static PodView receipted(PodView pod, Receipt receipt) {
        return Scenario.having(pod, receipt);
    }
}
