package dev.weir.sandbox.servers;

/** How an {@link S3Server} takes what is put into it. */
public enum StoreMood {
    SOUND,
    /** 403 on PUT, while everything may be read. */
    DENIES_WRITES,
    /** {@code If-None-Match} is overlooked, so that every creator wins. */
    LETS_ALL_WIN
}
