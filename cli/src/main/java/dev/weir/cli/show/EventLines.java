package dev.weir.cli.show;

import io.fabric8.kubernetes.api.model.events.v1.Event;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Events in a table, as {@code kubectl describe} sets them. */
public final class EventLines {

    private EventLines() {}

    static List<String> of(List<Event> events, Instant now) {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("Type", "Reason", "Age", "From", "Message"));
        rows.add(List.of("----", "------", "---", "----", "-------"));
        events.forEach(event -> rows.add(row(event, now)));
        return Table.ofSections().lines(rows);
    }

    /** When the event was last seen: old and new clients write it in different fields. */
    public static Optional<Instant> last(Event event) {
        return first(
                Stream.of(
                        event.getSeries() == null || event.getSeries().getLastObservedTime() == null
                                ? null
                                : event.getSeries().getLastObservedTime().getTime(),
                        event.getDeprecatedLastTimestamp(),
                        event.getEventTime() == null ? null : event.getEventTime().getTime(),
                        event.getMetadata().getCreationTimestamp()));
    }

    private static Optional<Instant> begin(Event event) {
        return first(
                Stream.of(
                        event.getEventTime() == null ? null : event.getEventTime().getTime(),
                        event.getDeprecatedFirstTimestamp()));
    }

    private static List<String> row(Event event, Instant now) {
        return List.of(
                text(event.getType()),
                text(event.getReason()),
                age(event, now),
                from(event),
                text(event.getNote()).strip());
    }

    private static String age(Event event, Instant now) {
        var age = last(event).map(at -> Ages.since(at, now)).orElse("<unknown>");
        var times = times(event);
        return times < 2
                ? age
                : age
                        + " (x"
                        + times
                        + begin(event).map(at -> " over " + Ages.since(at, now)).orElse("")
                        + ")";
    }

    private static int times(Event event) {
        if (event.getSeries() != null) {
            return Objects.requireNonNullElse(event.getSeries().getCount(), 1);
        }
        return Objects.requireNonNullElse(event.getDeprecatedCount(), 1);
    }

    private static String from(Event event) {
        var controller = text(event.getReportingController());
        return controller.isEmpty() && event.getDeprecatedSource() != null
                ? text(event.getDeprecatedSource().getComponent())
                : controller;
    }

    private static Optional<Instant> first(Stream<String> times) {
        return times.filter(time -> time != null && !time.isEmpty())
                .map(Instant::parse)
                .findFirst();
    }

    private static String text(String text) {
        return Objects.requireNonNullElse(text, "");
    }
}
