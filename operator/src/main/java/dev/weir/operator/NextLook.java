package dev.weir.operator;

import dev.weir.operator.execute.Outcome;
import dev.weir.operator.kubernetes.Written;
import java.time.Duration;
import java.util.Optional;

/**
 * When a pass is to be repeated though nothing was heard, by what became of its action and of its
 * report.
 *
 * @param afterRefusal what is refused is not asked for again soon
 */
record NextLook(Duration afterRefusal) {

    /** After an action: should its effect not be heard of, it is looked for. */
    static final Duration AFTER_ACTION = Duration.ofSeconds(1);

    private static final Duration AFTER_CONFLICT = Duration.ofMillis(20);

    Duration after(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done(), Outcome.Undecided _ -> AFTER_ACTION;
            case Outcome.Overtaken() -> AFTER_CONFLICT;
            case Outcome.Refused _ -> afterRefusal;
        };
    }

    /**
     * @param next when to look again if the report was written
     */
    Optional<Duration> after(Written report, Optional<Duration> next) {
        return switch (report) {
            case Written.Done() -> next;
            case Written.Conflict() -> Optional.of(AFTER_CONFLICT);
            case Written.Refused _ -> next.isPresent() ? next : Optional.of(afterRefusal);
            case Written.Undecided _ -> Optional.of(AFTER_ACTION);
        };
    }
}
