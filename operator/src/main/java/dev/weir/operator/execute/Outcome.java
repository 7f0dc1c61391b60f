package dev.weir.operator.execute;

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
}
