package dev.weir.runtime.flink;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A failure's chain of causes as one line for people, the innermost first: it says why, the outer
 * ones say where.
 */
public final class Causes {

    private static final int DEEPEST = 20;
    private static final int LONGEST = 1_000;

    private Causes() {}

    public static String inOneLine(Throwable failure) {
        List<String> messages = new ArrayList<>();
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < DEEPEST; depth++, cause = cause.getCause()) {
            String message = cause.getMessage();
            String line =
                    message == null || message.isBlank()
                            ? cause.getClass().getSimpleName()
                            : message.lines().findFirst().orElse("").strip();
            if (messages.stream()
                    .noneMatch(known -> known.contains(line) || line.contains(known))) {
                messages.add(line);
            }
        }
        Collections.reverse(messages);
        String all = String.join("; ", messages);
        return all.length() > LONGEST ? all.substring(0, LONGEST) + " …" : all;
    }
}
