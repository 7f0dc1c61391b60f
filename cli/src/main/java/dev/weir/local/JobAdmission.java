package dev.weir.local;

import dev.weir.cli.place.JobDocument;
import dev.weir.crds.StreamJob;
import java.util.List;
import java.util.Optional;

/** Judges a StreamJob as the API server does that has the committed schema. */
@FunctionalInterface
interface JobAdmission {

    Verdict judge(JobDocument given, Optional<StreamJob> stored);

    /** What an API server would say. */
    sealed interface Verdict permits Yes, No {}

    /** It is taken, and is this with its defaults. */
    record Yes(StreamJob job) implements Verdict {}

    record No(List<String> problems) implements Verdict {
        public No {
            problems = List.copyOf(problems);
        }
    }
}
