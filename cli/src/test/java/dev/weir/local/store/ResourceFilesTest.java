package dev.weir.local.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResourceFilesTest {

    private static final Key KEY = new Key("default", "counter");

    @TempDir Path root;

    @Test
    void aChangeIsReadBackWithAVersionThatGrows() {
        var files = new ResourceFiles(root);
        var first = put(files, "1");
        var second = put(files, "2");
        assertThat(files.get(Kind.CONFIG_MAPS, KEY).orElseThrow().getData())
                .containsEntry("value", "2");
        assertThat(version(second)).isGreaterThan(version(first));
    }

    @Test
    void whatWasRemovedIsAbsentAndNotListed() {
        var files = new ResourceFiles(root);
        put(files, "1");
        files.change(Kind.CONFIG_MAPS, KEY, _ -> new Edit.Remove<>());
        assertThat(files.get(Kind.CONFIG_MAPS, KEY)).isEmpty();
        assertThat(files.list(Kind.CONFIG_MAPS)).isEmpty();
    }

    @Test
    void rule2_changesOfManyThreadsAndStoresOnOneFolderAreSerial() throws Exception {
        var stores = List.of(new ResourceFiles(root), new ResourceFiles(root));
        put(stores.getFirst(), "0");
        try (var threads = Executors.newFixedThreadPool(8)) {
            var done =
                    IntStream.range(0, 200)
                            .<Future<?>>mapToObj(
                                    i -> threads.submit(() -> increment(stores.get(i % 2))))
                            .toList();
            for (var one : done) {
                one.get(30, TimeUnit.SECONDS);
            }
        }
        assertThat(stores.getLast().get(Kind.CONFIG_MAPS, KEY).orElseThrow().getData())
                .containsEntry("value", "200");
    }

    @Test
    void rule1_nothingButWholeResourcesIsSeenWhileTheyChange() throws Exception {
        var files = new ResourceFiles(root);
        put(files, "0");
        try (var threads = Executors.newFixedThreadPool(2)) {
            var writing =
                    threads.submit(() -> IntStream.range(0, 300).forEach(_ -> increment(files)));
            var last = 0;
            while (!writing.isDone()) {
                var read = files.get(Kind.CONFIG_MAPS, KEY).orElseThrow();
                var value = Integer.parseInt(read.getData().get("value"));
                assertThat(value).isGreaterThanOrEqualTo(last);
                last = value;
            }
            writing.get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void aWatchTellsOfChangesByAnyStoreOnTheFolder() throws Exception {
        BlockingQueue<Key> told = new LinkedBlockingQueue<>();
        var files = new ResourceFiles(root);
        try (var _ =
                ResourceWatch.start(files, List.of(Kind.CONFIG_MAPS), (_, key) -> told.add(key))) {
            put(new ResourceFiles(root), "1");
            assertThat(told.poll(30, TimeUnit.SECONDS)).isEqualTo(KEY);
        }
    }

    @Test
    void noDraftIsLeft() throws IOException {
        put(new ResourceFiles(root), "1");
        try (Stream<Path> drafts = Files.list(root.resolve("drafts"))) {
            assertThat(drafts).isEmpty();
        }
    }

    private static ConfigMap put(ResourceFiles files, String value) {
        return files.change(Kind.CONFIG_MAPS, KEY, _ -> new Edit.Put<>(map(value))).orElseThrow();
    }

    private static void increment(ResourceFiles files) {
        files.change(
                Kind.CONFIG_MAPS,
                KEY,
                before ->
                        new Edit.Put<>(
                                map(
                                        String.valueOf(
                                                Integer.parseInt(
                                                                before.orElseThrow()
                                                                        .getData()
                                                                        .get("value"))
                                                        + 1))));
    }

    private static ConfigMap map(String value) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace(KEY.namespace())
                .withName(KEY.name())
                .endMetadata()
                .withData(Map.of("value", value))
                .build();
    }

    private static long version(ConfigMap map) {
        return Long.parseLong(map.getMetadata().getResourceVersion());
    }
}
