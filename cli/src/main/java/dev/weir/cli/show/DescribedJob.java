package dev.weir.cli.show;

import dev.weir.cli.place.JobDocument;
import dev.weir.cli.place.Place;
import dev.weir.crds.JobCondition.Type;
import dev.weir.crds.StreamJobStatus;
import dev.weir.crds.StreamJobStatus.Failure;
import dev.weir.crds.StreamJobStatus.Revision;
import dev.weir.crds.StreamJobStatus.Snapshot;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All that a person may want to know of a job, section by section. Pure: the same job, pods, events
 * and time give the same lines.
 *
 * @param pods oldest first
 * @param events oldest first
 */
public record DescribedJob(JobDocument job, List<Pod> pods, List<Event> events, Instant now) {

    private static final int TITLE_WIDTH = 14;
    private static final int LINES_OF_PROGRAM = 12;
    private static final String INDENT = " ".repeat(TITLE_WIDTH);

    public DescribedJob {
        pods = List.copyOf(pods);
        events = List.copyOf(events);
    }

    public List<String> lines(Paint paint) {
        var lines = new ArrayList<String>();
        lines.add(entry("Name", paint.strong(job.key().name())));
        lines.add(entry("Namespace", job.key().namespace()));
        job.created().ifPresent(at -> lines.add(entry("Age", Ages.since(at, now))));
        standing(paint, lines);
        job.status().ifPresent(status -> history(status, lines));
        section("Conditions", conditions(), lines);
        section("Pods", pods.isEmpty() ? List.of() : PodLines.of(pods, now), lines);
        pods.forEach(pod -> flinkUi(pod).ifPresent(at -> lines.add(entry("Flink's UI", at))));
        program(lines);
        section("Events", events.isEmpty() ? List.of() : EventLines.of(events, now), lines);
        return lines;
    }

    private static Optional<String> flinkUi(Pod pod) {
        return Optional.ofNullable(pod.getMetadata().getAnnotations())
                .map(annotations -> annotations.get(Place.FLINK_UI));
    }

    private void standing(Paint paint, List<String> lines) {
        if (job.phase().isEmpty()) {
            lines.add(entry("Phase", "<none>: no operator has looked at the job yet"));
            return;
        }
        lines.add(entry("Phase", job.phase()));
        job.condition(Type.PROGRESSING)
                .or(() -> job.condition(Type.READY))
                .map(Explanation::of)
                .ifPresent(
                        why -> {
                            lines.add(entry("Reason", why.text()));
                            why.remedy()
                                    .ifPresent(
                                            remedy ->
                                                    lines.add(entry("Remedy", paint.bad(remedy))));
                        });
    }

    private void history(StreamJobStatus status, List<String> lines) {
        Optional.ofNullable(status.revision())
                .ifPresent(revision -> lines.add(entry("Revision", text(revision))));
        Optional.ofNullable(status.term())
                .ifPresent(term -> lines.add(entry("Term", String.valueOf(term))));
        Optional.ofNullable(status.checkpoint())
                .ifPresent(checkpoint -> snapshot("Checkpoint", checkpoint, lines));
        Optional.ofNullable(status.savepoint())
                .ifPresent(savepoint -> snapshot("Savepoint", savepoint, lines));
        Optional.ofNullable(status.lastFailure()).ifPresent(failure -> failure(failure, lines));
        Optional.ofNullable(status.restarts())
                .ifPresent(restarts -> lines.add(entry("Restarts", String.valueOf(restarts))));
    }

    private static String text(Revision revision) {
        var number = revision.number() == null ? "" : revision.number() + " ";
        return number + (revision.hash() == null ? "" : "(" + revision.hash() + ")");
    }

    private void snapshot(String title, Snapshot snapshot, List<String> lines) {
        var facts = new ArrayList<String>();
        Optional.ofNullable(snapshot.id()).ifPresent(id -> facts.add("#" + id));
        Optional.ofNullable(snapshot.at()).ifPresent(at -> facts.add(Ages.since(at, now) + " ago"));
        Optional.ofNullable(snapshot.size()).ifPresent(size -> facts.add(Sizes.of(size)));
        Optional.ofNullable(snapshot.duration()).ifPresent(took -> facts.add("took " + took));
        lines.add(entry(title, String.join(", ", facts)));
        Optional.ofNullable(snapshot.location()).ifPresent(at -> lines.add(INDENT + at));
    }

    private void failure(Failure failure, List<String> lines) {
        var facts = new ArrayList<String>();
        Optional.ofNullable(failure.at()).ifPresent(at -> facts.add(Ages.since(at, now) + " ago"));
        Optional.ofNullable(failure.detectedAfter())
                .ifPresent(after -> facts.add("noticed after " + after));
        facts.add(
                failure.recoveredAfter() == null
                        ? "not recovered yet"
                        : "recovered after " + failure.recoveredAfter());
        lines.add(entry("Last failure", String.join(", ", facts)));
        Optional.ofNullable(failure.cause())
                .ifPresent(cause -> cause.lines().forEach(line -> lines.add(INDENT + line)));
    }

    /** From their JSON: a condition that only a newer operator has is shown as well. */
    private List<String> conditions() {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("TYPE", "STATUS", "SINCE", "REASON"));
        for (var condition : job.json().at("/status/conditions")) {
            rows.add(
                    List.of(
                            condition.path("type").asText(),
                            condition.path("status").asText(),
                            Ages.since(
                                    Instant.parse(condition.path("lastTransitionTime").asText()),
                                    now),
                            condition.path("reason").asText()));
        }
        return rows.size() == 1 ? List.of() : Table.ofSections().lines(rows);
    }

    private void program(List<String> lines) {
        var sql = job.text("/spec/program/sql").lines().toList();
        var shown = sql.size() <= LINES_OF_PROGRAM ? sql : sql.subList(0, LINES_OF_PROGRAM - 1);
        section("Program", shown, lines);
        if (shown.size() < sql.size()) {
            lines.add(
                    "  … and %d more lines; 'get %s -o yaml' shows them"
                            .formatted(sql.size() - shown.size(), job.key().name()));
        }
    }

    private static void section(String title, List<String> content, List<String> lines) {
        if (content.isEmpty()) {
            lines.add(entry(title, "<none>"));
            return;
        }
        lines.add(title + ":");
        content.forEach(line -> lines.add(line.isEmpty() ? "" : "  " + line));
    }

    private static String entry(String title, String value) {
        var name = title + ":";
        return (name + " ".repeat(TITLE_WIDTH - name.length()) + value).stripTrailing();
    }
}
