package dev.weir.e2e.faults;

import java.time.Duration;

/** What a {@link FaultyStore} does to requests. */
public sealed interface StoreFault {

    /** Nothing. */
    record None() implements StoreFault {}

    /** Takes requests, passes none on and answers none, not even later. */
    record NeverAnswers() implements StoreFault {}

    /** Does what is asked at once, and says so only after {@code delay}. */
    record AnswersAfter(Duration delay) implements StoreFault {}

    /** Refuses with 503 SlowDown. */
    record Overloaded() implements StoreFault {}

    /** Writes what is appended to a ledger, and never says so. */
    record AppendsUnanswered() implements StoreFault {}
}
