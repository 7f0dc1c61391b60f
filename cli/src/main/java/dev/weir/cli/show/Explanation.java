package dev.weir.cli.show;

import dev.weir.crds.JobCondition;
import dev.weir.crds.Reason;
import java.util.Arrays;
import java.util.Optional;

/**
 * Why a job is as it is: the word of the closed vocabulary, what is the case, and what helps.
 *
 * @param what one sentence with its full stop
 * @param remedy empty where nobody needs to do anything
 */
public record Explanation(String word, String what, Optional<String> remedy) {

    private static final String REMEDY = ". Remedy: ";

    /**
     * Taken apart from a condition's message, which is written by {@link Reason#text}: so the
     * case's own detail is kept, and a word that only a newer operator has is understood too.
     */
    public static Explanation of(JobCondition condition) {
        var text = condition.message();
        var split = text.lastIndexOf(REMEDY);
        return split < 0
                ? new Explanation(condition.reason(), text, Optional.empty())
                : new Explanation(
                        condition.reason(),
                        text.substring(0, split + 1),
                        Optional.of(text.substring(split + REMEDY.length())));
    }

    /** The reason, if its word is known here. */
    public Optional<Reason> reason() {
        return Arrays.stream(Reason.values()).filter(r -> r.word().equals(word)).findFirst();
    }

    /** Word and sentence. */
    public String text() {
        return word + ": " + what;
    }
}
