package dev.weir.ledger.s3;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * How to reach an S3-compatible store. Its clients answer within {@link #TIMEOUT} and try nothing
 * again: rule 1 does that, with the same bytes and a bound of its own.
 *
 * @param endpoint of a store that is not AWS; absent: AWS, by region
 * @param pathStyle whether the bucket stands in the path and not in the host name
 */
public record S3Access(String region, Optional<URI> endpoint, boolean pathStyle) {

    /** For one request, from its first byte to the answer's last. */
    public static final Duration TIMEOUT = Duration.ofSeconds(2);

    /** Credentials come from the default chain: environment, then files. The caller closes it. */
    public S3Client client() {
        return client(DefaultCredentialsProvider.builder().build());
    }

    /** The same with credentials that the caller knows. */
    public S3Client client(AwsCredentialsProvider credentials) {
        var builder =
                S3Client.builder()
                        .region(Region.of(region))
                        .forcePathStyle(pathStyle)
                        .credentialsProvider(credentials)
                        // Plain PUTs: the signature covers the body already. With trailing
                        // checksums in chunks, one in ten PUTs met a connection that the store
                        // had closed.
                        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                        .serviceConfiguration(
                                c -> c.chunkedEncodingEnabled(false).expectContinueEnabled(false))
                        .httpClientBuilder(
                                UrlConnectionHttpClient.builder()
                                        .connectionTimeout(TIMEOUT)
                                        .socketTimeout(TIMEOUT))
                        .overrideConfiguration(
                                o ->
                                        o.apiCallTimeout(TIMEOUT)
                                                .retryStrategy(AwsRetryStrategy.doNotRetry()));
        endpoint.ifPresent(builder::endpointOverride);
        return builder.build();
    }
}
