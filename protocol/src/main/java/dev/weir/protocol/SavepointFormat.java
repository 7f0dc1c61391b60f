package dev.weir.protocol;

/** How a savepoint's state is written. */
public enum SavepointFormat {
    /** The same for every state back end. */
    CANONICAL,
    /** The state back end's own. */
    NATIVE
}
