package dev.weir.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/**
 * An S3-compatible store, and who may use it. The job's files stand under {@code
 * <uri>/<namespace>/<name>}.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StorageSpec(
        @Required
                @Size(min = 1, max = 512)
                @ValidationRule(
                        value =
                                "self.matches('^s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[^/?#]+)*$')",
                        message =
                                "spec.storage.uri must be s3://<bucket> or s3://<bucket>/<prefix>, without a slash at its end")
                @ValidationRule(
                        value = "self == oldSelf",
                        message =
                                "spec.storage.uri cannot be changed, because the job's state would be left behind; create a"
                                        + " StreamJob of another name for the new place")
                @JsonPropertyDescription(
                        "Bucket and prefix, such as s3://jobs/production. The store must honour conditional creates"
                                + " (If-None-Match: *); this is probed before a job starts. Immutable.")
                String uri,
        @Size(min = 1, max = 64)
                @Default("us-east-1")
                @JsonPropertyDescription("Region of the bucket. Default: us-east-1.")
                String region,
        @Size(min = 1, max = 512)
                @ValidationRule(
                        value = "isURL(self) && url(self).getScheme() in ['http', 'https']",
                        message =
                                "spec.storage.endpoint must be an http or https URL, such as https://minio.storage:9000")
                @JsonPropertyDescription(
                        "URL of the store. Default: the endpoint of Amazon S3 in the region.")
                String endpoint,
        @Default("false")
                @JsonPropertyDescription(
                        "true puts the bucket into the path instead of the host name, as most stores other than Amazon S3"
                                + " need. Default: false.")
                Boolean pathStyle,
        @Size(min = 1, max = 253)
                @JsonPropertyDescription(
                        "Secret of the job's namespace with the keys AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, given to the"
                                + " pod as its environment; the operator never reads it. Default: none, for pods that get their"
                                + " identity from the platform.")
                String credentialsSecret) {}
