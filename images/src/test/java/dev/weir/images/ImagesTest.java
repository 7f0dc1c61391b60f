package dev.weir.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The images of a tiny program, made and read back. */
class ImagesTest {

    @TempDir static Path shared;
    @TempDir Path work;

    private static FileTree jdk;
    private static TinyProgram tiny;
    private static Archive archive;

    @BeforeAll
    static void makeOneImageOnce() throws IOException {
        jdk = HostJdk.running().link(shared.resolve("jdk"), shared.resolve("jlink.log"));
        tiny = TinyProgram.below(shared.resolve("tiny"));
        archive = archive(shared.resolve("one"));
    }

    @Test
    void anArchiveRunsAsAnUnprivilegedUserWithItsClassPathInAFixedOrder() throws IOException {
        assertThat(archive.manifest().get("RepoTags").get(0).asText())
                .isEqualTo("weir/runtime:" + Image.VERSION);
        var config = archive.config().get("config");
        assertThat(config.get("User").asText()).isEqualTo("10001:10001");
        assertThat(config.get("Entrypoint").toString())
                .isEqualTo("[\"/opt/jdk/bin/java\",\"@/opt/weir/runtime.args\",\"tiny.Main\"]");
        assertThat(Files.readString(shared.resolve("one/runtime/opt/weir/runtime.args")))
                .endsWith(
                        "-XX:AOTCache=/opt/weir/weir.aot\n-cp\n"
                                + "/opt/weir/lib/runtime-0.1.0-SNAPSHOT.jar:"
                                + "/opt/weir/lib/greeting-1.jar\n");
        assertThat(archive.entry("bin/sh").getMode() & 0777).isEqualTo(0755);
        assertThat(archive.entry("tmp/").getMode() & 0777).isEqualTo(0777);
        assertThat(archive.entry("opt/weir/weir.aot").getSize()).isPositive();
    }

    @Test
    void everyFileHasTheTimeThatTheCacheWasTrainedWith() throws IOException {
        assertThat(archive.layers())
                .hasSize(5)
                .allSatisfy(
                        layer ->
                                assertThat(layer.values())
                                        .filteredOn(entry -> !entry.isDirectory())
                                        .isNotEmpty()
                                        .allMatch(
                                                entry ->
                                                        entry.getLastModifiedTime()
                                                                .toInstant()
                                                                .equals(FileTree.TIME)));
    }

    @Test
    void layersAreTheSameBytesWhenTheyAreMadeAgain() throws IOException {
        var first = archive.diffIds();
        var second = archive(work).diffIds();

        // All but the cache: the JVM writes no two alike.
        assertThat(second.subList(0, 4)).isEqualTo(first.subList(0, 4));
    }

    @Test
    void aChangedProgramIsTrainedAgainAndAnUnchangedOneIsNot() throws IOException {
        var image = new RuntimeImage(tiny.program("tiny.Main"), jdk);
        image.assemble(List.of(), work);
        var caches = caches();
        image.assemble(List.of(), work);
        assertThat(caches()).hasSize(1).isEqualTo(caches);

        var changed = TinyProgram.below(work.resolve("changed"));
        Files.copy(
                changed.target().resolve("lib/greeting-1.jar"),
                changed.target().resolve("lib/more-1.jar"));
        new RuntimeImage(changed.program("tiny.Main"), jdk).assemble(List.of(), work);
        assertThat(caches()).hasSize(2).containsAll(caches);
    }

    @Test
    void aChangedFileOfTheSameNameSizeAndTimeIsInTheNextImage() throws IOException {
        var tree = FileTree.empty(work.resolve("tree"));
        tree.write("/etc/word", "before");
        var before = wordLayer(tree);
        tree.write("/etc/word", "after!");
        assertThat(wordLayer(tree)).isNotEqualTo(before);
    }

    private List<String> wordLayer(FileTree tree) throws IOException {
        var image =
                new Image(
                        "word",
                        List.of(Layer.all("word", tree.sealed())),
                        List.of("/x"),
                        List.of());
        var file = work.resolve("word.tar");
        writer(Optional.empty()).archive(image, file);
        return Archive.read(file).diffIds();
    }

    @Test
    void aCacheThatLacksTheProgramIsRefused() throws IOException {
        var lib = tiny.target().resolve("lib/greeting-1.jar");
        var main = tiny.target().resolve("runtime-0.1.0-SNAPSHOT.jar");
        var folder = Files.createDirectory(work.resolve("run"));
        var trained = new AotCache(jdk, List.of(main, lib), List.of());
        trained.train("tiny.Main", Map.of(), work.resolve("weir.aot"), folder);

        assertThatThrownBy(
                        () ->
                                trained.prove(
                                        "tiny.Failing",
                                        work.resolve("weir.aot"),
                                        "-XX:+UseSerialGC",
                                        folder))
                .isInstanceOf(ImagesException.class)
                .hasMessageContaining("was not used with -XX:+UseSerialGC: tiny.Failing came from");
    }

    @Test
    void aTrainingThatFailsIsShownWithTheEndOfItsOutput() {
        assertThatThrownBy(
                        () ->
                                new RuntimeImage(tiny.program("tiny.Failing"), jdk)
                                        .assemble(List.of(), work))
                .isInstanceOf(ImagesException.class)
                .hasMessageContaining("failed with exit code 3")
                .hasMessageContaining("no training today");
    }

    @Test
    void aPushSendsAllLayersAndTheManifest() throws Exception {
        var image = new RuntimeImage(tiny.program("tiny.Main"), jdk).assemble(List.of(), work);
        try (var registry = new FakeRegistry(work)) {
            var name = writer(Optional.empty()).push(image, registry.name());

            assertThat(name).isEqualTo(registry.name() + "/weir/runtime:" + Image.VERSION);
            var manifest = new ObjectMapper().readTree(registry.manifests.get(Image.VERSION));
            assertThat(manifest.get("layers"))
                    .hasSize(3)
                    .allSatisfy(
                            layer ->
                                    assertThat(registry.blobs)
                                            .containsKey(layer.get("digest").asText()));
        }
    }

    @Test
    void anotherBaseStandsBelowTheOwnLayers() throws IOException {
        var base = work.resolve("base.tar");
        var tree = FileTree.empty(work.resolve("base"));
        tree.write("/etc/base-release", "a base\n");
        tree.sealed();
        var bottom =
                new Image("base", List.of(Layer.all("base", tree)), List.of("/none"), List.of());
        writer(Optional.empty()).archive(bottom, base);
        var image = new RuntimeImage(tiny.program("tiny.Main"), jdk).assemble(List.of(), work);

        writer(Optional.of("tar://" + base)).archive(image, work.resolve("image.tar"));

        var archive = Archive.read(work.resolve("image.tar"));
        assertThat(archive.layers().getFirst()).containsKey("etc/base-release");
        assertThat(archive.layers()).hasSize(4);
    }

    @Test
    void whatIsNotBuiltIsNamedWithTheRemedy() {
        assertThatThrownBy(() -> RuntimeImage.Program.ofModule(work))
                .isInstanceOf(ImagesException.class)
                .hasMessageContaining("is not built: run 'mvn -pl runtime -am");
        assertThatThrownBy(() -> OperatorImage.assemble(work, List.of(), work))
                .isInstanceOf(ImagesException.class)
                .hasMessageContaining("is not built: run 'mvn -pl operator -am");
    }

    private static Archive archive(Path folder) throws IOException {
        // Any file will do for a shell here, and busybox is not on every machine that tests.
        var base =
                HostSystem.ofThisMachine()
                        .withShell(Path.of("/bin/sh").toRealPath())
                        .assemble(FileTree.empty(folder.resolve("base")));
        var below = List.of(Layer.all("base", base), Layer.all("JDK", jdk));
        var image = new RuntimeImage(tiny.program("tiny.Main"), jdk).assemble(below, folder);
        writer(Optional.empty()).archive(image, folder.resolve("runtime.tar"));
        return Archive.read(folder.resolve("runtime.tar"));
    }

    private static ImageWriter writer(Optional<String> base) {
        return new ImageWriter(
                base, HostSystem.ofThisMachine().architecture(), shared.resolve("layers"));
    }

    private List<Path> caches() throws IOException {
        try (var files = Files.list(work)) {
            return files.filter(path -> path.getFileName().toString().startsWith("aot-"))
                    .sorted()
                    .toList();
        }
    }
}
