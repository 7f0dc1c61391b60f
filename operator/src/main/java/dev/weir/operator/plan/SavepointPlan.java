package dev.weir.operator.plan;

import dev.weir.crds.Reason;
import dev.weir.crds.SavepointPhase;
import dev.weir.protocol.SavepointView;
import java.time.Instant;
import java.util.Optional;

/**
 * What one pass over a savepoint decided. At most one action; its effect is seen before the next.
 */
public sealed interface SavepointPlan {

    Reason reason();

    /** What is particular to this case, for people; may be empty. */
    String detail();

    /** All of it in one sentence or two, for people. */
    default String text() {
        return reason().text(detail());
    }

    /** Do this. */
    record Act(SavepointAction action, Reason reason, String detail) implements SavepointPlan {}

    /**
     * Something is under way or waited for; look again when it is heard of, or at {@code until}.
     */
    record Await(SavepointPhase phase, Reason reason, String detail, Optional<Instant> until)
            implements SavepointPlan {

        public Await(SavepointPhase phase, Reason reason, String detail) {
            this(phase, reason, detail, Optional.empty());
        }
    }

    /** It is complete; from now on nothing about it changes. */
    record Completed(SavepointView.Result result) implements SavepointPlan {
        @Override
        public Reason reason() {
            return Reason.SAVEPOINT_COMPLETED;
        }

        @Override
        public String detail() {
            return result.location();
        }
    }

    /** It was not taken, and won't be. */
    record Failed(Reason reason, String detail) implements SavepointPlan {}

    /** Its status says all there is to say. */
    record Settled(Reason reason) implements SavepointPlan {
        @Override
        public String detail() {
            return "";
        }
    }
}
