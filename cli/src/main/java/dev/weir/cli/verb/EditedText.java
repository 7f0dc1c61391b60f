package dev.weir.cli.verb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.cli.manifest.Manifests;
import dev.weir.cli.manifest.Manifests.UnparsableException;
import dev.weir.cli.place.JobDocument;
import dev.weir.cli.show.Trees;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A job as text that a person edits: what users say and nothing else, below comments. Comments at
 * the begin of a line are ours, and are not read again.
 */
record EditedText(String body) {

    /**
     * kubectl's own note of what it applied: a copy of the job, and nothing that a person edits.
     */
    private static final String APPLIED_BY_KUBECTL =
            "kubectl.kubernetes.io/last-applied-configuration";

    static EditedText of(JobDocument job) {
        var shown = job.written().json();
        if (shown.at("/metadata/annotations") instanceof ObjectNode annotations) {
            annotations.remove(APPLIED_BY_KUBECTL);
            if (annotations.isEmpty()) {
                shown.withObject("/metadata").remove("annotations");
            }
        }
        return new EditedText(Trees.yaml(shown) + "\n");
    }

    /** What the person left, without our comments. */
    static EditedText left(String text) {
        return new EditedText(
                text.lines()
                        .filter(line -> !line.startsWith("#"))
                        .map(line -> line + "\n")
                        .collect(Collectors.joining()));
    }

    String below(List<String> comments) {
        return comments.stream()
                        .flatMap(String::lines)
                        .map(line -> ("# " + line).stripTrailing() + "\n")
                        .collect(Collectors.joining())
                + body;
    }

    boolean isEmpty() {
        return body.isBlank();
    }

    /** Whether both say the same, however it is written. */
    boolean saysAs(EditedText other) {
        try {
            return tree().equals(other.tree());
        } catch (UnparsableException e) {
            return body.equals(other.body());
        }
    }

    /**
     * The job as it was edited.
     *
     * @throws UnparsableException where the text is not of the form
     * @throws IllegalArgumentException where it is no StreamJob any more, or another one
     */
    JobDocument document(JobDocument original) throws UnparsableException {
        if (!(tree() instanceof ObjectNode tree)) {
            throw new IllegalArgumentException("the text is no mapping of fields");
        }
        var edited = new JobDocument(tree);
        if (!edited.key().equals(original.key())) {
            throw new IllegalArgumentException(
                    "metadata.name and metadata.namespace can't be edited; apply a job of that name instead");
        }
        var note = original.json().at("/metadata/annotations").path(APPLIED_BY_KUBECTL);
        if (note.isTextual()) {
            tree.withObject("/metadata/annotations").set(APPLIED_BY_KUBECTL, note);
        }
        return new JobDocument(tree);
    }

    private JsonNode tree() throws UnparsableException {
        return Manifests.parse(body).orElseGet(() -> Trees.of(List.of()));
    }
}
