package dev.weir.operator.kubernetes;

/** What became of a write to the API server. */
public sealed interface Written {

    /** The world is as it was asked to be, whether by this write or an earlier one. */
    record Done() implements Written {}

    /** Somebody else wrote in between: look again, then decide again. */
    record Conflict() implements Written {}

    /** The API server understood and said no; asking again will not help. */
    record Refused(String why) implements Written {}

    /** It may have happened or not; the same write may be repeated. */
    record Undecided(String why) implements Written {}
}
