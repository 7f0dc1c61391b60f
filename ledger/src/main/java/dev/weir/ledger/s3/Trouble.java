package dev.weir.ledger.s3;

import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Says what went wrong with a store: in the words of a {@link StoreFault}, without those of the
 * SDK, and in the same words each time that the same is wrong.
 */
final class Trouble {

    private static final int DEEPEST_CAUSE = 20;

    /** The answers to requests whose signature or key is not known. */
    private static final Set<String> NOT_ACCEPTED =
            Set.of(
                    "InvalidAccessKeyId",
                    "SignatureDoesNotMatch",
                    "ExpiredToken",
                    "InvalidToken",
                    "TokenRefreshRequired");

    private static final String NO_CREDENTIALS = "Unable to load credentials";

    private Trouble() {}

    static String message(String verb, Place place, SdkException e) {
        return "can't " + verb + " " + place + ": " + what(place, e);
    }

    private static String what(Place place, SdkException e) {
        return switch (e) {
            case AwsServiceException service -> service(place, service);
            case ApiCallTimeoutException _ -> silent();
            case SdkException other -> connection(other);
        };
    }

    private static String service(Place place, AwsServiceException e) {
        // An answer without a body, such as that to HEAD, has no code.
        String code =
                Optional.ofNullable(e.awsErrorDetails()).map(AwsErrorDetails::errorCode).orElse("");
        return switch (e.statusCode()) {
            case 404 -> StoreFault.NO_BUCKET.words() + " " + place.bucket();
            case 401, 403 ->
                    (NOT_ACCEPTED.contains(code) ? StoreFault.WRONG_CREDENTIALS : StoreFault.DENIED)
                                    .words()
                            + named(code);
            case 301, 307, 400 ->
                    StoreFault.MISDIRECTED.words() + " (" + e.statusCode() + " " + code + ")";
            default -> StoreFault.FAILING.words() + " " + e.statusCode() + " " + code;
        };
    }

    private static String named(String code) {
        return code.isEmpty() ? "" : " (" + code + ")";
    }

    private static String connection(SdkException e) {
        if (e.getMessage() != null && e.getMessage().startsWith(NO_CREDENTIALS)) {
            return StoreFault.NO_CREDENTIALS.words();
        }
        if (cause(e, SocketTimeoutException.class).isPresent()) {
            return silent();
        }
        return cause(e, UnknownHostException.class)
                .map(unknown -> StoreFault.NO_HOST.words() + " " + unknown.getMessage())
                .or(
                        () ->
                                cause(e, ConnectException.class)
                                        .map(
                                                refused ->
                                                        StoreFault.NO_CONNECTION.words()
                                                                + " ("
                                                                + refused.getMessage()
                                                                + ")"))
                .orElseGet(
                        () ->
                                StoreFault.NO_CONNECTION.words()
                                        + " ("
                                        + chain(e).reduce((_, deeper) -> deeper)
                                                .orElse(e)
                                                .getMessage()
                                        + ")");
    }

    private static String silent() {
        return StoreFault.SILENT.words() + " " + S3Access.TIMEOUT.toMillis() + " ms";
    }

    private static <T extends Throwable> Optional<T> cause(Throwable thrown, Class<T> type) {
        return chain(thrown).filter(type::isInstance).map(type::cast).findFirst();
    }

    private static Stream<Throwable> chain(Throwable thrown) {
        return Stream.iterate(thrown, cause -> cause != null, Throwable::getCause)
                .limit(DEEPEST_CAUSE);
    }
}
