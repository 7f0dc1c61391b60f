package dev.weir.operator.execute;

import dev.weir.operator.kubernetes.Written;

/** What became of an action. */
public sealed interface Outcome {

    /** It is done, or was done before; what it changed will be heard of. */
    record Done() implements Outcome {}

    /** Somebody else was faster: look again at once. */
    record Overtaken() implements Outcome {}

    /** It was understood and not done; asking again in this state of the world will not help. */
    record Refused(String why) implements Outcome {}

    /** It may have happened or not; the next pass sees, or asks again. */
    record Undecided(String why) implements Outcome {}

    /** Of a write to the API server. */
    static Outcome of(Written written) {
        return switch (written) {
            case Written.Done() -> new Done();
            case Written.Conflict() -> new Overtaken();
            case Written.Refused(String why) -> new Refused(why);
            case Written.Undecided(String why) -> new Undecided(why);
        };
    }
}
