package dev.weir.cli.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.cli.kubernetes.JobWatch.JobStream;
import dev.weir.cli.kubernetes.JobWatch.Listed;
import dev.weir.cli.place.JobDocument;
import dev.weir.cli.place.Scope;
import dev.weir.cli.place.UnreachableException;
import dev.weir.cli.show.Trees;
import dev.weir.operator.wake.JobKey;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.Watcher.Action;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JobWatchTest {

    private static final JobKey KEY = new JobKey("demo", "delays");
    private static final Scope ALL = new Scope.Everywhere();
    private static final Duration LONG = Duration.ofSeconds(30);

    private final Script script = new Script();
    private final List<String> seen = new ArrayList<>();

    /** Answers each list and each opening as was written down before. */
    private static final class Script implements JobStream {

        private final Deque<Runnable> lists = new ArrayDeque<>();
        private final Deque<Opening> openings = new ArrayDeque<>();
        private Listed listed = new Listed(Map.of(), "1");

        private interface Opening {
            void open(Watcher<GenericKubernetesResource> watcher);
        }

        Script thenList(String... versions) {
            lists.add(
                    () ->
                            listed =
                                    versions.length == 0
                                            ? new Listed(Map.of(), "9")
                                            : new Listed(Map.of(KEY, job(versions[0])), "9"));
            return this;
        }

        Script silence() {
            lists.add(Script::fail);
            return this;
        }

        Script open(Opening opening) {
            openings.add(opening);
            return this;
        }

        static void fail() {
            throw new UnreachableException("silence", null);
        }

        @Override
        public Listed list() {
            lists.remove().run();
            return listed;
        }

        @Override
        public AutoCloseable open(String sinceVersion, Watcher<GenericKubernetesResource> watcher) {
            openings.remove().open(watcher);
            return () -> {};
        }
    }

    private static JobDocument job(String version) {
        try {
            return new JobDocument(
                    (ObjectNode)
                            Trees.ofJson(
                                    """
                                    {"apiVersion": "weir.dev/v1alpha1", "kind": "StreamJob", "metadata":
                                     {"name": "delays", "namespace": "demo", "resourceVersion": "%s"}}
                                    """
                                            .formatted(version)));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Enough is what is gone. */
    private boolean watch(Duration within, Duration patience) {
        return new JobWatch(
                        script,
                        ALL,
                        (_, job) -> {
                            seen.add(job.map(JobDocument::version).orElse("gone"));
                            return job.isEmpty();
                        },
                        patience)
                .run(Optional.of(within));
    }

    private static void send(
            Watcher<GenericKubernetesResource> watcher, Action action, String version) {
        watcher.eventReceived(action, job(version).as(GenericKubernetesResource.class));
    }

    @Test
    void rule1_aStateIsShownOnceHoweverOftenItIsListed() {
        script.thenList("7")
                .open(
                        watcher -> {
                            send(watcher, Action.MODIFIED, "8");
                            watcher.onClose();
                        })
                .thenList("8")
                .open(watcher -> send(watcher, Action.DELETED, "8"));
        assertThat(watch(LONG, LONG)).isTrue();
        assertThat(seen).containsExactly("7", "8", "gone");
    }

    @Test
    void rule2_aDeletionBetweenTwoStreamsIsShownByTheNextList() {
        script.thenList("7").open(Watcher::onClose).thenList();
        assertThat(watch(LONG, LONG)).isTrue();
        assertThat(seen).containsExactly("7", "gone");
    }

    @Test
    void rule3_aFirstListThatFailsIsTheCallersToKnow() {
        script.silence();
        assertThatThrownBy(() -> watch(LONG, LONG)).isInstanceOf(UnreachableException.class);
    }

    @Test
    void rule3_whatFailsLaterIsTriedAgain() {
        script.thenList("7").open(_ -> Script.fail()).silence().thenList();
        assertThat(watch(LONG, LONG)).isTrue();
        assertThat(seen).containsExactly("7", "gone");
    }

    @Test
    void rule3_yetNotForEver() {
        script.thenList("7").open(Watcher::onClose).silence();
        assertThatThrownBy(() -> watch(LONG, Duration.ZERO))
                .isInstanceOf(UnreachableException.class);
    }

    @Test
    void timeIsUpWhileNothingHappens() {
        script.thenList("7").open(_ -> {});
        assertThat(watch(Duration.ofMillis(50), LONG)).isFalse();
    }
}
