package dev.weir.cli.verb;

import dev.weir.cli.place.Admitted;
import dev.weir.cli.place.JobDocument;
import dev.weir.cli.show.Console;
import java.util.List;
import java.util.Optional;

/** Says what became of a document, in kubectl's words. */
final class Answers {

    private Answers() {}

    /** The job as it now is, if the document was taken. */
    static Optional<JobDocument> say(Console console, JobDocument document, Admitted admitted) {
        return switch (admitted) {
            case Admitted.Created(var job) -> said(console, job, "created");
            case Admitted.Configured(var job) -> said(console, job, "configured");
            case Admitted.Unchanged(var job) -> said(console, job, "unchanged");
            case Admitted.Refused(var problems) -> {
                console.tell(refusal(document, problems));
                yield Optional.empty();
            }
            case Admitted.Overtaken() -> {
                console.tell(overtaken(document));
                yield Optional.empty();
            }
        };
    }

    static String refusal(JobDocument document, List<String> problems) {
        var begin = "The StreamJob \"" + document.key().name() + "\" is invalid:";
        return problems.size() == 1
                ? begin + " " + problems.getFirst()
                : begin + "\n* " + String.join("\n* ", problems);
    }

    static String overtaken(JobDocument document) {
        return document + ": somebody else changed or deleted it meanwhile; try again";
    }

    private static Optional<JobDocument> said(Console console, JobDocument job, String word) {
        console.say(job + " " + word);
        return Optional.of(job);
    }
}
