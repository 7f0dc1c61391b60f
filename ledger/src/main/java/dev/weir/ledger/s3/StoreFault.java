package dev.weir.ledger.s3;

import java.util.Arrays;
import java.util.Optional;

/**
 * What can be wrong with a store, as its adapter tells it. The words of a fault stand in every
 * message about it, so that whoever has only the message can tell what helps.
 */
public enum StoreFault {
    NO_BUCKET("there is no bucket", false, "create the bucket, or correct spec.storage.uri"),
    NO_CREDENTIALS(
            "the pod has no credentials",
            false,
            "name a Secret with the keys AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in spec.storage.credentialsSecret"),
    WRONG_CREDENTIALS(
            "the store does not accept the credentials",
            false,
            "correct AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the Secret of spec.storage.credentialsSecret; the pod takes them within two minutes"),
    DENIED(
            "the store denies it",
            false,
            "allow the credentials of spec.storage.credentialsSecret to get, put, delete and list in the bucket"),
    MISDIRECTED(
            "the store does not take the request",
            false,
            "check spec.storage.region, endpoint and pathStyle"),
    FAILING("the store answers", true, "it is asked again until it answers as it should"),
    SILENT(
            "no answer within",
            true,
            "check spec.storage.endpoint and the network policies between the pod and the store"),
    NO_HOST("there is no host", true, "correct spec.storage.endpoint, or the name's record in DNS"),
    NO_CONNECTION(
            "no connection",
            true,
            "check spec.storage.endpoint, and that the store runs and can be reached from the pod");

    private final String words;
    private final boolean passing;
    private final String remedy;

    StoreFault(String words, boolean passing, String remedy) {
        this.words = words;
        this.passing = passing;
        this.remedy = remedy;
    }

    /** What the messages about it begin with. */
    String words() {
        return words;
    }

    /** Whether it may pass without anybody doing anything. */
    public boolean passing() {
        return passing;
    }

    /** What helps, to be read after "Remedy: ". */
    public String remedy() {
        return remedy;
    }

    /** The fault that a message of the adapter's is about, and what it says of it. */
    public record Told(StoreFault fault, String what) {}

    public static Optional<Told> in(String message) {
        return Arrays.stream(values())
                .filter(fault -> message.contains(": " + fault.words))
                .map(
                        fault ->
                                new Told(
                                        fault,
                                        message.substring(message.indexOf(": " + fault.words) + 2)))
                .findFirst();
    }
}
