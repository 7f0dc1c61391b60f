package dev.weir.operator.runtime;

import dev.weir.operator.wake.JobKey;
import java.net.URI;
import java.time.Duration;

/**
 * A runtime pod that can be spoken to.
 *
 * @param job whose pod it is
 * @param uid of the pod; a pod of the same name with another UID is another pod
 * @param control its control port, such as {@code http://10.0.0.7:8480}
 * @param silence how long it may say nothing before what it said no longer counts
 */
public record RuntimePod(JobKey job, String uid, URI control, Duration silence) {}
