package dev.weir.simulation;

import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Consumer;

/**
 * What happened, in order: the last lines are kept for a report, and all of them go into a digest,
 * which is the same for the same schedule.
 */
final class Trace {

    private static final int KEPT = 60;

    private final Agenda agenda;
    private final Consumer<Object> listener;
    private final ArrayDeque<Line> last = new ArrayDeque<>(KEPT + 1);
    private long events;
    private long digest;

    private record Line(long at, String who, String what) {
        @Override
        public String toString() {
            return "%9.3f  %-28s %s".formatted(at / 1000.0, who, what);
        }
    }

    Trace(Agenda agenda, Consumer<Object> listener) {
        this.agenda = agenda;
        this.listener = listener;
    }

    void event(String who, String what) {
        var line = new Line(agenda.millis(), who, what);
        events++;
        digest = (digest * 31 + line.at()) * 31 + who.hashCode() * 17L + what.hashCode();
        last.addLast(line);
        if (last.size() > KEPT) {
            last.removeFirst();
        }
        listener.accept(line);
    }

    long events() {
        return events;
    }

    long digest() {
        return digest;
    }

    List<String> tail() {
        return last.stream().map(Line::toString).toList();
    }
}
