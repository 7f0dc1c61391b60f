package dev.weir.cli.place;

import dev.weir.crds.StreamJob;
import java.util.List;

/** What became of a manifest that was handed in. */
public sealed interface Admitted {

    record Created(StreamJob job) implements Admitted {}

    record Configured(StreamJob job) implements Admitted {}

    /** It says what is there already. */
    record Unchanged(StreamJob job) implements Admitted {}

    /** Nothing was changed. */
    record Refused(List<String> problems) implements Admitted {
        public Refused {
            problems = List.copyOf(problems);
        }
    }
}
