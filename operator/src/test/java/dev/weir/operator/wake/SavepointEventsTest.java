package dev.weir.operator.wake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.crds.Savepoint;
import dev.weir.operator.fake.FakeSavepointCache;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whom news of a job wakes. */
final class SavepointEventsTest {

    private static final JobKey DELAYS = new JobKey("flights", "delays");

    private final FakeSavepointCache cache = new FakeSavepointCache();
    private final SavepointEvents events = new SavepointEvents();
    private final List<String> woken = new ArrayList<>();

    private void start() {
        events.follow(cache);
        events.setEventHandler(event -> woken.add(event.getRelatedCustomResourceID().getName()));
        events.start();
    }

    @Test
    void newsOfAJobWakesItsSavepointsThatWaitAndNoOthers() {
        start();
        cache.put(savepoint("new", "flights", "delays", ""));
        cache.put(savepoint("taken-now", "flights", "delays", "status: {phase: Executing}"));
        cache.put(savepoint("completed", "flights", "delays", "status: {phase: Completed}"));
        cache.put(savepoint("failed", "flights", "delays", "status: {phase: Failed}"));
        cache.put(savepoint("anothers", "flights", "arrivals", ""));
        cache.put(savepoint("elsewhere", "trains", "delays", ""));
        events.wake(DELAYS);
        assertThat(woken).containsExactly("new", "taken-now");
    }

    @Test
    void oneThatIsDeletedWaitsForAPodThoughItIsCompleted() {
        start();
        Savepoint deleted = savepoint("gone", "flights", "delays", "status: {phase: Completed}");
        deleted.getMetadata().setDeletionTimestamp("2026-03-01T12:00:00Z");
        cache.put(deleted);
        events.wake(DELAYS);
        assertThat(woken).containsExactly("gone");
    }

    @Test
    void newsFromBeforeTheFrameworkHasStartedIsDropped() {
        cache.put(savepoint("new", "flights", "delays", ""));
        events.wake(DELAYS);
        events.follow(cache);
        events.wake(DELAYS);
        assertThat(woken).isEmpty();
    }

    private static Savepoint savepoint(String name, String namespace, String job, String status) {
        return Serialization.unmarshal(
                """
                apiVersion: weir.dev/v1alpha1
                kind: Savepoint
                metadata: {name: %s, namespace: %s}
                spec: {job: %s}
                %s
                """
                        .formatted(name, namespace, job, status),
                Savepoint.class);
    }
}
