package dev.weir.runtime;

import dev.weir.protocol.RuntimeView.Phase;
import dev.weir.protocol.SavepointView;
import dev.weir.protocol.SavepointView.InProgress;
import dev.weir.runtime.control.ViewDraft;
import dev.weir.runtime.ledger.SavepointPlace;
import java.util.Optional;

/**
 * Follows the engine's facts about a user's savepoint on the board, by the checkpoint id that the
 * engine gave it. What is not under way any more is left as it was told.
 */
final class SavepointProgress {

    private SavepointProgress() {}

    /** The savepoint that goes into {@code directory} is the one of this id. */
    static void begin(ViewDraft view, long id, String directory) {
        SavepointPlace.of(directory)
                .flatMap(place -> known(view, place.savepointUid()))
                .filter(known -> known.progress().underWay())
                .ifPresent(known -> tell(view, known, new InProgress(id, Phase.TRIGGERING)));
    }

    /** Whether the id is that of a user's savepoint that is under way. */
    static boolean tell(ViewDraft view, long id, Phase phase) {
        Optional<SavepointView> ours =
                view.savepoints().stream()
                        .filter(
                                known ->
                                        known.progress() instanceof InProgress(var its, _)
                                                && its == id)
                        .findFirst();
        ours.ifPresent(known -> tell(view, known, new InProgress(id, phase)));
        return ours.isPresent();
    }

    private static void tell(ViewDraft view, SavepointView known, InProgress now) {
        view.savepoint(new SavepointView(known.savepointUid(), known.term(), now));
    }

    private static Optional<SavepointView> known(ViewDraft view, String savepointUid) {
        return view.savepoints().stream()
                .filter(known -> known.savepointUid().equals(savepointUid))
                .findFirst();
    }
}
