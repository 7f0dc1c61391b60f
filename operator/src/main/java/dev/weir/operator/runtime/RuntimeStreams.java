package dev.weir.operator.runtime;

import dev.weir.ledger.Seen;
import dev.weir.operator.wake.JobKey;
import dev.weir.operator.wake.Wakeups;
import dev.weir.protocol.RuntimeView;
import java.net.http.HttpClient;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** The streams to all pods that were looked at, by pod UID; one thread gives them their pulse. */
final class RuntimeStreams implements AutoCloseable {

    private static final long PULSE_MILLIS = 50;

    private final Map<String, RuntimeStream> byPod = new ConcurrentHashMap<>();
    private final ScheduledExecutorService pulse =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("runtime-streams").factory());
    private final HttpClient client;
    private final Wakeups wakeups;
    private final InstantSource clock;
    private final RandomGenerator random;

    RuntimeStreams(
            HttpClient client, Wakeups wakeups, InstantSource clock, RandomGenerator random) {
        this.client = client;
        this.wakeups = wakeups;
        this.clock = clock;
        this.random = random;
        pulse.scheduleWithFixedDelay(
                this::pulse, PULSE_MILLIS, PULSE_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** A pod whose address or patience changed gets a new stream. */
    Seen<RuntimeView> look(RuntimePod pod) {
        return byPod.compute(
                        pod.uid(),
                        (_, open) -> {
                            if (open != null && open.pod().equals(pod)) {
                                return open;
                            }
                            if (open != null) {
                                open.close();
                            }
                            RuntimeStream stream =
                                    new RuntimeStream(pod, client, wakeups, clock, random);
                            stream.pulse();
                            return stream;
                        })
                .seen();
    }

    void keepOnly(JobKey job, Set<String> podUids) {
        for (RuntimeStream stream : List.copyOf(byPod.values())) {
            RuntimePod pod = stream.pod();
            if (pod.job().equals(job)
                    && !podUids.contains(pod.uid())
                    && byPod.remove(pod.uid(), stream)) {
                stream.close();
            }
        }
    }

    private void pulse() {
        byPod.values().forEach(RuntimeStream::pulse);
    }

    @Override
    public void close() {
        pulse.shutdownNow();
        byPod.values().forEach(RuntimeStream::close);
        byPod.clear();
    }
}
