package dev.weir.ledger.s3;

import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;

/** Says what went wrong with a store in words that tell what to do about it. */
final class Trouble {

    private Trouble() {}

    static String message(String verb, Place place, SdkException e) {
        return "can't " + verb + " " + place + ": " + what(place, e);
    }

    private static String what(Place place, SdkException e) {
        return switch (e) {
            case AwsServiceException service -> service(place, service);
            case ApiCallTimeoutException _ ->
                    "no answer within "
                            + S3Access.TIMEOUT.toMillis()
                            + " ms; check spec.storage.endpoint and the network policy";
            case SdkException other ->
                    other.getMessage() + "; check spec.storage.endpoint and region";
        };
    }

    private static String service(Place place, AwsServiceException e) {
        var code = e.awsErrorDetails() == null ? "" : e.awsErrorDetails().errorCode();
        return switch (e.statusCode()) {
            case 404 ->
                    "there is no bucket "
                            + place.bucket()
                            + "; create it, or correct spec.storage.uri";
            case 403 ->
                    "denied ("
                            + code
                            + "); the credentials need get, put, delete and list on bucket "
                            + place.bucket();
            case 301, 307, 400 ->
                    "the store answered "
                            + e.statusCode()
                            + " "
                            + code
                            + "; check spec.storage.region, endpoint and pathStyle";
            default -> "the store answered " + e.statusCode() + " " + code;
        };
    }
}
