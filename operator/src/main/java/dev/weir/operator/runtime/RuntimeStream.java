package dev.weir.operator.runtime;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.weir.ledger.LedgerJson;
import dev.weir.ledger.Seen;
import dev.weir.operator.wake.Wakeups;
import dev.weir.protocol.RuntimeEvent;
import dev.weir.protocol.RuntimeView;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One pod's event stream, kept open for as long as the pod exists.
 *
 * <ol>
 *   <li>A pod that has never spoken is Absent: it boots.
 *   <li>A stream that breaks is opened again at once. If that fails too, the pod is Unreachable,
 *       and further attempts come with growing pauses.
 *   <li>A stream that stays open and silent for longer than the pod's {@code silence} makes the pod
 *       Unreachable too, and is opened anew: the other end may be frozen, or gone without a word.
 *   <li>A wake-up is given when what can be seen changed in a way that a plan can turn on.
 * </ol>
 *
 * Time moves by {@link #pulse} alone, called often by the owner of all streams.
 */
final class RuntimeStream {

    private static final Logger LOG = LoggerFactory.getLogger(RuntimeStream.class);

    /** A pod that boots is waited for impatiently: each pause is part of a job's start. */
    private static final Backoff BOOTING =
            new Backoff(Duration.ofMillis(50), Duration.ofMillis(200));

    private static final Backoff LOST = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1));

    private final RuntimePod pod;
    private final HttpClient client;
    private final Wakeups wakeups;
    private final InstantSource clock;
    private final RandomGenerator random;

    private Seen<RuntimeView> seen = Seen.absent();
    private CompletableFuture<?> connection;
    private Instant lastHeard;
    private Instant nextAttempt;
    private long attempt;
    private int failures;
    private boolean spoken;
    private boolean closed;

    RuntimeStream(
            RuntimePod pod,
            HttpClient client,
            Wakeups wakeups,
            InstantSource clock,
            RandomGenerator random) {
        this.pod = pod;
        this.client = client;
        this.wakeups = wakeups;
        this.clock = clock;
        this.random = random;
        this.lastHeard = clock.instant();
        this.nextAttempt = lastHeard;
    }

    RuntimePod pod() {
        return pod;
    }

    synchronized Seen<RuntimeView> seen() {
        return seen;
    }

    /** Opens what is due to be opened, and gives up what has been silent for too long. */
    synchronized void pulse() {
        if (closed) {
            return;
        }
        Instant now = clock.instant();
        if (connection == null) {
            if (!now.isBefore(nextAttempt)) {
                open(now);
            }
        } else if (now.isAfter(lastHeard.plus(pod.silence()))) {
            CompletableFuture<?> silent = connection;
            connection = null;
            silent.cancel(true);
            lost("silent for " + pod.silence().toMillis() + " ms", now);
        }
    }

    synchronized void close() {
        closed = true;
        if (connection != null) {
            connection.cancel(true);
            connection = null;
        }
    }

    private void open(Instant now) {
        lastHeard = now;
        long opened = ++attempt;
        HttpRequest request =
                HttpRequest.newBuilder(pod.control().resolve("/v1/events"))
                        .header("Accept", "text/event-stream")
                        .build();
        CompletableFuture<HttpResponse<Void>> exchange =
                client.sendAsync(request, response -> body(response.statusCode(), opened));
        connection = exchange;
        exchange.whenComplete((_, failure) -> ended(opened, failure));
    }

    private HttpResponse.BodySubscriber<Void> body(int status, long opened) {
        if (status != 200) {
            throw new IllegalStateException("the pod answered with status " + status);
        }
        return HttpResponse.BodySubscribers.fromSubscriber(
                new ServerSentEvents(data -> hear(data, opened)));
    }

    private synchronized void ended(long which, Throwable failure) {
        if (which != attempt || connection == null) {
            return;
        }
        connection = null;
        Instant now = clock.instant();
        lost(failure == null ? "the pod closed the stream" : innermost(failure), now);
        if (failures == 1) {
            pulse();
        }
    }

    /** The first loss only leads to a new attempt; the second in a row is news. */
    private void lost(String why, Instant now) {
        failures++;
        Backoff backoff = spoken ? LOST : BOOTING;
        nextAttempt = now.plus(backoff.after(failures - 1, random));
        if (spoken && (failures > 1 || now.isAfter(lastHeard.plus(pod.silence())))) {
            see(Seen.unreachable(why));
        }
    }

    private synchronized void hear(String data, long from) {
        if (from != attempt || connection == null) {
            return;
        }
        lastHeard = clock.instant();
        failures = 0;
        spoken = true;
        try {
            switch (LedgerJson.mapper().readValue(data, RuntimeEvent.class)) {
                case RuntimeEvent.Snapshot(_, RuntimeView view) -> hear(view);
                case RuntimeEvent.Heartbeat _ -> {
                    // That it came is all it says.
                }
            }
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an event that can't be read: " + e.getMessage(), e);
        }
    }

    private void hear(RuntimeView view) {
        if (view.podUid().equals(pod.uid())) {
            see(Seen.present(view));
        } else {
            // Addresses are given to other pods in time; what a stranger says is not this pod's.
            see(Seen.unreachable("another pod answers at " + pod.control()));
        }
    }

    private void see(Seen<RuntimeView> now) {
        Seen<Significance> before = significant(seen);
        seen = now;
        if (!before.equals(significant(now))) {
            LOG.debug("{}: pod {} is now {}", pod.job(), pod.uid(), now);
            wakeups.wake(pod.job());
        }
    }

    private static String innermost(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.toString();
    }

    private static Seen<Significance> significant(Seen<RuntimeView> seen) {
        return switch (seen) {
            case Seen.Present<RuntimeView>(RuntimeView view) -> Seen.present(Significance.of(view));
            case Seen.Absent<RuntimeView>() -> Seen.absent();
            // Causes are for people: another one is no news.
            case Seen.Unreachable<RuntimeView> _ -> Seen.unreachable("");
        };
    }
}
