package dev.weir.e2e.servers;

/**
 * The one pair of keys that a test store accepts. It guards nothing, but the pods must be given it
 * to get in.
 */
public record S3Credentials(String accessKeyId, String secretAccessKey) {

    public static final S3Credentials TEST = new S3Credentials("weir-e2e", "weir-e2e-secret");
}
