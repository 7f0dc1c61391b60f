package dev.weir.local.store;

/** What a look at a stored resource leads to. */
public sealed interface Edit<T> {

    /** It stays as it is. */
    record Keep<T>() implements Edit<T> {}

    /** It becomes this; its version is given by the store. */
    record Put<T>(T resource) implements Edit<T> {}

    /** It goes. */
    record Remove<T>() implements Edit<T> {}
}
