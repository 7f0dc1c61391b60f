package dev.weir.cli.kubernetes;

import dev.weir.cli.place.DeniedException;
import dev.weir.cli.place.UnreachableException;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.api.model.StatusDetails;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/**
 * What the API server's refusals and its silence mean.
 *
 * <ol>
 *   <li>No answer, or one that says that there will be none for now: unreachable.
 *   <li>A refusal of what a document says: its problems, in the API server's words.
 *   <li>A resource that the server does not have at all: the chart is not installed.
 *   <li>Any other refusal: denied, in the API server's words.
 * </ol>
 */
final class ApiErrors {

    private static final int UNPROCESSABLE = 422;
    private static final int TOO_MANY = 429;
    private static final String STRICT = "strict decoding error: ";

    private final String cluster;

    /**
     * @param cluster its name for people
     */
    ApiErrors(String cluster) {
        this.cluster = cluster;
    }

    static boolean isConflict(KubernetesClientException e) {
        return e.getCode() == HttpURLConnection.HTTP_CONFLICT;
    }

    /** Problems of a document; empty where the refusal is about something else. */
    static List<String> problems(KubernetesClientException e) {
        return switch (e.getCode()) {
            case UNPROCESSABLE -> invalid(e);
            case HttpURLConnection.HTTP_BAD_REQUEST -> undecodable(message(e));
            default -> List.of();
        };
    }

    RuntimeException meaning(KubernetesClientException e) {
        // Without an answer there is no code of HTTP's.
        if (e.getCode() <= 0) {
            return new UnreachableException(
                    cluster
                            + " gives no answer ("
                            + silence(e)
                            + "). Does it run, and is it the one that you mean? --context and --kubeconfig choose another.",
                    e);
        }
        if (e.getCode() >= HttpURLConnection.HTTP_INTERNAL_ERROR || e.getCode() == TOO_MANY) {
            return new UnreachableException(
                    cluster + " can't answer at the moment: " + message(e), e);
        }
        if (e.getCode() == HttpURLConnection.HTTP_UNAUTHORIZED) {
            return new DeniedException(
                    cluster
                            + " does not accept the credentials of the kubeconfig; renew them as for kubectl",
                    e);
        }
        return e.getCode() == HttpURLConnection.HTTP_NOT_FOUND && !isOfOneObject(e)
                ? new DeniedException(
                        cluster
                                + " has no StreamJobs: install Weir's chart first ('./weir install', or 'helm upgrade --install"
                                + " weir helm/weir')",
                        e)
                : new DeniedException(message(e), e);
    }

    private static List<String> invalid(KubernetesClientException e) {
        var causes =
                details(e).map(StatusDetails::getCauses).orElse(List.of()).stream()
                        .map(ApiErrors::problem)
                        .distinct()
                        .toList();
        return causes.isEmpty() ? List.of(message(e)) : causes;
    }

    private static String problem(StatusCause cause) {
        var field = cause.getField();
        return field == null || field.isBlank() || field.equals("<nil>")
                ? cause.getMessage()
                : field + ": " + cause.getMessage();
    }

    /** A strict server names every field that it does not know, or that stands twice. */
    private static List<String> undecodable(String message) {
        var strict = message.indexOf(STRICT);
        return strict < 0
                ? List.of(message)
                : Arrays.asList(message.substring(strict + STRICT.length()).split(", "));
    }

    /** Of what is not there, a server that knows its kind names the kind. */
    private static boolean isOfOneObject(KubernetesClientException e) {
        return details(e).map(StatusDetails::getKind).filter(kind -> !kind.isBlank()).isPresent();
    }

    private static Optional<StatusDetails> details(KubernetesClientException e) {
        return Optional.ofNullable(e.getStatus()).map(Status::getDetails);
    }

    private static String message(KubernetesClientException e) {
        return Optional.ofNullable(e.getStatus())
                .map(Status::getMessage)
                .filter(message -> !message.isBlank())
                .orElseGet(e::getMessage);
    }

    /** What is around the cause only says that something was asked. */
    private static String silence(Throwable e) {
        return switch (e) {
            case HttpTimeoutException _, TimeoutException _ -> "timed out";
            case UnresolvedAddressException _ -> "there is no such host";
            case ConnectException refused when !isUnresolved(refused) -> "connection refused";
            case Throwable around when around.getCause() != null -> silence(around.getCause());
            case Throwable innermost ->
                    Optional.ofNullable(innermost.getMessage())
                            .orElseGet(innermost.getClass()::getSimpleName);
        };
    }

    private static boolean isUnresolved(Throwable e) {
        return e instanceof UnresolvedAddressException
                || e.getCause() != null && isUnresolved(e.getCause());
    }
}
