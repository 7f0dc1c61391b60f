package dev.weir.cli.verb;

import dev.weir.cli.manifest.Manifests.UnparsableException;
import dev.weir.cli.place.Admitted;
import dev.weir.cli.place.JobDocument;
import dev.weir.cli.place.Place;
import dev.weir.cli.place.Places;
import dev.weir.cli.show.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Lets a person edit a job, and again for as long as the place refuses what they left. */
@Command(
        name = "edit",
        description = {
            "Opens a job in WEIR_EDITOR, else EDITOR, else vi, and hands in what you leave.",
            "If that is refused, it opens again with the reasons on top; left as it is, nothing is changed."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  weir edit delays", "  WEIR_EDITOR='code --wait' weir edit delays"})
public final class Edit implements Callable<Integer> {

    private static final String CANCELLED = "Edit cancelled, no changes made";

    private final Places places;
    private final Console console;
    private final Editor editor;

    @Mixin private PlaceOptions where = new PlaceOptions();

    @Parameters(paramLabel = "NAME", description = "The job.")
    private String name = "";

    public Edit(Places places, Console console, Editor editor) {
        this.places = places;
        this.console = console;
        this.editor = editor;
    }

    @Override
    public Integer call() throws IOException {
        try (var place = places.choose(where.choice())) {
            var key = JobNames.in(where.namespaceIn(place), name);
            var job = place.job(key);
            if (job.isEmpty()) {
                console.tell(JobNames.absent(key));
                return Ending.FAILED.code();
            }
            return edit(place, job.get()).code();
        }
    }

    private Ending edit(Place place, JobDocument job) throws IOException {
        var original = EditedText.of(job);
        var comments =
                List.of(
                        "The StreamJob %s. What you leave here is handed in; lines that begin with # are not read."
                                .formatted(job.key()),
                        "Left as it is, or empty, nothing is changed.");
        var text = left(job, original, comments);
        while (true) {
            if (text.isEmpty() || text.saysAs(original)) {
                console.say(CANCELLED);
                return Ending.OK;
            }
            var handedIn = handIn(place, job, text);
            switch (handedIn) {
                case Admitted.Created _, Admitted.Configured _ -> {
                    console.say(job + " edited");
                    return Ending.OK;
                }
                case Admitted.Unchanged _ -> {
                    console.say(CANCELLED);
                    return Ending.OK;
                }
                case Admitted.Overtaken() -> {
                    console.tell(Answers.overtaken(job));
                    return keep(job, text);
                }
                case Admitted.Refused(var problems) -> {
                    var refusal = Answers.refusal(job, problems);
                    var again = left(job, text, List.of(refusal));
                    if (again.equals(text)) {
                        console.tell(refusal);
                        return keep(job, text);
                    }
                    text = again;
                }
            }
        }
    }

    private EditedText left(JobDocument job, EditedText text, List<String> comments)
            throws IOException {
        return EditedText.left(editor.edit(job.key().name(), text.below(comments)));
    }

    private static Admitted handIn(Place place, JobDocument job, EditedText text) {
        JobDocument edited;
        try {
            edited = text.document(job);
        } catch (UnparsableException | IllegalArgumentException e) {
            return new Admitted.Refused(List.of(e.getMessage()));
        }
        return place.replace(edited, job.generation());
    }

    /** A person's work is not thrown away. */
    private Ending keep(JobDocument job, EditedText text) throws IOException {
        var copy = Files.createTempFile(job.key().name() + "-", ".yaml");
        Files.writeString(copy, text.body());
        console.tell(CANCELLED + "; what you wrote is kept in " + copy);
        return Ending.FAILED;
    }
}
