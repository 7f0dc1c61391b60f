package dev.weir.cli.place;

/** The place answers, and won't do it. The message says what, why, and what to try. */
public final class DeniedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public DeniedException(String message) {
        super(message);
    }

    public DeniedException(String message, Throwable cause) {
        super(message, cause);
    }
}
