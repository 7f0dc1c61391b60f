package dev.weir.protocol;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.weir.ledger.RestorePoint;
import java.util.List;

/**
 * How a held program goes together with a restore point, operator by operator.
 *
 * @param with what the program was held against
 * @param findings one for each operator of the program in its order, then one for each operator
 *     whose state nobody would take
 */
public record StateFit(RestorePoint with, List<Finding> findings) {

    public StateFit {
        findings = List.copyOf(findings);
    }

    /** What became of one operator. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Kept.class, name = "kept"),
        @JsonSubTypes.Type(value = Refiltered.class, name = "refiltered"),
        @JsonSubTypes.Type(value = New.class, name = "new"),
        @JsonSubTypes.Type(value = Changed.class, name = "changed"),
        @JsonSubTypes.Type(value = Dropped.class, name = "dropped"),
        @JsonSubTypes.Type(value = MaxParallelism.class, name = "maxParallelism")
    })
    public sealed interface Finding {
        String id();

        /** For people. */
        String name();
    }

    /** It goes on from its own state. */
    public record Kept(String id, String name) implements Finding {}

    /** It goes on from its own state, which was made of rows that other conditions let through. */
    public record Refiltered(String id, String name) implements Finding {}

    /** The restore point knows nothing of it: it begins without state. */
    public record New(String id, String name) implements Finding {}

    /** There is state under its id, of an operator that computed something else. */
    public record Changed(String id, String name) implements Finding {}

    /** There is state of an operator that the program has no more. */
    public record Dropped(String id, String name) implements Finding {}

    /**
     * Its state is in so many parts that the program cannot take it.
     *
     * @param restored the maximum parallelism of the state, which it keeps for good
     * @param wanted the maximum parallelism that the program asks for; or its parallelism, where
     *     that is above what the state allows
     */
    public record MaxParallelism(String id, String name, int restored, int wanted)
            implements Finding {}

    /** Whether the program may be started from the restore point. */
    public sealed interface Verdict {}

    /** No state is lost, and none is taken for another's. */
    public record Fits() implements Verdict {}

    /**
     * The engine would refuse the restore point, or the program would run on wrong state.
     *
     * @param why at least one
     */
    public record Misfits(List<Finding> why) implements Verdict {
        public Misfits {
            why = List.copyOf(why);
        }
    }

    public Verdict verdict() {
        List<Finding> wrong = findings.stream().filter(StateFit::isWrong).toList();
        return wrong.isEmpty() ? new Fits() : new Misfits(wrong);
    }

    private static boolean isWrong(Finding finding) {
        return switch (finding) {
            case Kept _, Refiltered _, New _ -> false;
            case Changed _, Dropped _, MaxParallelism _ -> true;
        };
    }
}
