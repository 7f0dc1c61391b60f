package dev.weir.cli.place;

import java.util.List;

/** What became of a document that was handed in. The job is as the place has it now. */
public sealed interface Admitted {

    record Created(JobDocument job) implements Admitted {}

    record Configured(JobDocument job) implements Admitted {}

    /** It says what is there already. */
    record Unchanged(JobDocument job) implements Admitted {}

    /**
     * Nothing was changed.
     *
     * @param problems all of them, each with its field where it has one; at least one
     */
    record Refused(List<String> problems) implements Admitted {
        public Refused {
            problems = List.copyOf(problems);
        }
    }

    /** Nothing was changed, as somebody else changed or deleted the job meanwhile. */
    record Overtaken() implements Admitted {}
}
