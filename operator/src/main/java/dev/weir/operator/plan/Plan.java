package dev.weir.operator.plan;

import dev.weir.crds.Reason;
import java.time.Instant;
import java.util.Optional;

/** What one pass decided. At most one action; its effect is seen before the next is chosen. */
public sealed interface Plan {

    Reason reason();

    /** What is particular to this case, for people; may be empty. */
    String detail();

    /** All of it in one sentence or two, for people. */
    default String text() {
        return reason().text(detail());
    }

    /** The world is as the spec says. */
    record Converged(Reason reason, String detail) implements Plan {}

    /** Do this. */
    record Act(Action action, Reason reason, String detail) implements Plan {}

    /** Something is under way; look again when it is heard of, or at {@code until}. */
    record Await(Reason reason, String detail, Optional<Instant> until) implements Plan {}

    /**
     * Nothing helps until a person or the world changes something.
     *
     * @param remedy what helps in this case; empty: what the reason says
     */
    record Blocked(Reason reason, String detail, String remedy) implements Plan {

        public Blocked(Reason reason, String detail) {
            this(reason, detail, "");
        }

        @Override
        public String text() {
            return remedy.isBlank() ? reason.text(detail) : reason.text(detail, remedy);
        }
    }
}
