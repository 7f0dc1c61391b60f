package dev.weir.runtime.flink;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.scheduler.ExecutionGraphInfo;

/**
 * A failure's chain of causes as one line for people, the innermost first: it says why, the outer
 * ones say where. What Flink says of every failure is left out.
 */
public final class Causes {

    private static final int DEEPEST = 20;
    private static final int LONGEST = 1_000;

    /** Said of each failure, whatever it is. */
    private static final Pattern OF_EVERY_FAILURE =
            Pattern.compile(
                    "Job execution failed.*|Recovery is suppressed by .*|The job failed"
                            + " globally.*");

    /** Which of the parallel subtasks it was, and how often it was tried. */
    private static final Pattern SUBTASK = Pattern.compile(" \\(\\d+/\\d+\\).*");

    private Causes() {}

    public static String inOneLine(Throwable failure) {
        List<String> messages = new ArrayList<>();
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < DEEPEST; depth++, cause = cause.getCause()) {
            String line = cause.getCause() == null ? innermost(cause) : line(cause);
            if (!OF_EVERY_FAILURE.matcher(line).matches()
                    && messages.stream()
                            .noneMatch(known -> known.contains(line) || line.contains(known))) {
                messages.add(line);
            }
        }
        Collections.reverse(messages);
        String all = messages.isEmpty() ? innermost(failure) : String.join("; ", messages);
        return all.length() > LONGEST ? all.substring(0, LONGEST) + " …" : all;
    }

    /** With its kind: of the innermost, words alone may be as few as "/ by zero". */
    private static String innermost(Throwable cause) {
        String kind = cause.getClass().getSimpleName();
        String line = line(cause);
        return line.contains(kind) ? line : kind + ": " + line;
    }

    private static String line(Throwable cause) {
        String message = cause.getMessage();
        return message == null || message.isBlank()
                ? cause.getClass().getSimpleName()
                : message.lines().findFirst().orElse("").strip();
    }

    /** The task that failed first, to be read after the cause; empty if none did. */
    static String task(ExecutionGraphInfo graph) {
        return StreamSupport.stream(
                        graph.getArchivedExecutionGraph().getAllExecutionVertices().spliterator(),
                        false)
                .filter(task -> task.getExecutionState() == ExecutionState.FAILED)
                .min(Comparator.comparing(task -> task.getStateTimestamp(ExecutionState.FAILED)))
                .map(task -> SUBTASK.matcher(task.getTaskNameWithSubtaskIndex()).replaceFirst(""))
                .map(name -> ", in the task " + name)
                .orElse("");
    }
}
