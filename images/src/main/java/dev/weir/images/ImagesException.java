package dev.weir.images;

/** An image cannot be made; the message says why and what to do about it. */
final class ImagesException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ImagesException(String message) {
        super(message);
    }

    ImagesException(String message, Throwable cause) {
        super(message, cause);
    }
}
