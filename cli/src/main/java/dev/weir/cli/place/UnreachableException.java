package dev.weir.cli.place;

/** The place gives no answer. The message says which, why, and what to try. */
public final class UnreachableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UnreachableException(String message, Throwable cause) {
        super(message, cause);
    }
}
