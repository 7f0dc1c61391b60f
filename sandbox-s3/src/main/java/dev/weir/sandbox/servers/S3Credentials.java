package dev.weir.sandbox.servers;

/**
 * The one pair of keys that an {@link S3Server} accepts. It guards nothing, but whoever runs a job
 * must be given it to get in.
 */
public record S3Credentials(String accessKeyId, String secretAccessKey) {

    public static final S3Credentials TEST = new S3Credentials("weir-e2e", "weir-e2e-secret");
}
