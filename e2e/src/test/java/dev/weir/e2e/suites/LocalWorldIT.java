package dev.weir.e2e.suites;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.sandbox.servers.ListenAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * The local world as a user meets it, by the launcher: in a folder with a space in its name, on a
 * machine where the usual ports are taken. It needs no cluster and no root.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LocalWorldIT {

    private static final long BOUND_SECONDS = 300;

    /** Of another program. */
    private final List<ServerSocket> taken = new ArrayList<>();

    private Path home;

    @BeforeAll
    void takeTheUsualPorts(@TempDir(cleanup = CleanupMode.NEVER) Path directory)
            throws IOException {
        home = directory.resolve("a world");
        for (int port : List.of(9092, 9000)) {
            if (new ListenAddress("127.0.0.1", port).isFree()) {
                taken.add(new ServerSocket(port, 1, InetAddress.getLoopbackAddress()));
            }
        }
    }

    @AfterAll
    void end() throws Exception {
        weir("down", "--purge");
        for (ServerSocket socket : taken) {
            socket.close();
        }
    }

    @Test
    @Order(1)
    void upEndsWithAJobThatRunsAndHasACheckpoint() throws Exception {
        Said up = weir("up");
        assertThat(up.code()).as(up.text()).isZero();
        assertThat(up.text())
                .contains("delays in namespace default runs, with a checkpoint in its bucket")
                .contains("What to try next:")
                .doesNotContain("localhost:9092 ", "http://127.0.0.1:9000,");
        assertThat(Files.isDirectory(home.resolve("servers/s3/weir/default/delays/checkpoints")))
                .isTrue();
    }

    @Test
    @Order(2)
    void theVerbsShowWhatRuns() throws Exception {
        assertThat(weir("get").text()).containsPattern("delays +Running +True +Running");
        assertThat(weir("describe", "delays").text()).contains("http://127.0.0.1:", "Running");
        assertThat(weir("tail", "delays", "--rows", "3").text().lines())
                .filteredOn(line -> line.startsWith("{\"origin\":"))
                .hasSize(3);
        assertThat(weir("logs", "delays", "--tail", "5").text()).contains("INFO");
    }

    @Test
    @Order(3)
    void aManifestThatIsWrongIsRefusedInTheWordsOfTheApiServer() throws Exception {
        Path file = Files.createDirectories(home).resolve("wrong.yaml");
        Files.writeString(
                file,
                """
                apiVersion: weir.dev/v1alpha1
                kind: StreamJob
                metadata: {name: wrong}
                spec: {program: {sql: "INSERT INTO a SELECT * FROM b"}, parallelism: 0}
                """);
        Said refused = weir("apply", "-f", file.toString());
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.text())
                .contains(
                        "The StreamJob \"wrong\" is invalid: spec.parallelism: Invalid value: 0:"
                                + " spec.parallelism in body should be greater than or equal to 1");
    }

    @Test
    @Order(4)
    void aKilledProcessLosesAndDoublesNothing() throws Exception {
        Said demo = weir("demo", "kill");
        assertThat(demo.text()).contains("killed process", "recovered:", "exact: yes");
        assertThat(demo.code()).isZero();
    }

    @Test
    @Order(5)
    void whatWentDownComesUpAgainFromItsCheckpoint() throws Exception {
        long before = term();
        assertThat(weir("down").text()).contains("is down");
        assertThat(processes()).isEmpty();
        assertThat(weir("up").code()).isZero();
        assertThat(term()).isGreaterThan(before);
    }

    @Test
    @Order(6)
    void purgeLeavesNothing() throws Exception {
        assertThat(weir("down", "--purge").code()).isZero();
        assertThat(home).doesNotExist();
        assertThat(processes()).isEmpty();
    }

    private long term() throws Exception {
        return weir("get", "delays", "-o", "yaml")
                .text()
                .lines()
                .filter(line -> line.startsWith("  term: "))
                .map(line -> Long.parseLong(line.substring("  term: ".length()).strip()))
                .findFirst()
                .orElseThrow();
    }

    /** Those of this world: each has its folder in its command. */
    private List<ProcessHandle> processes() {
        return ProcessHandle.allProcesses()
                .filter(ProcessHandle::isAlive)
                .filter(
                        process ->
                                Optional.of(process)
                                        .flatMap(one -> one.info().commandLine())
                                        .filter(line -> line.contains(home.toString()))
                                        .isPresent())
                .toList();
    }

    /** What a command said, on both of its channels. */
    private record Said(int code, String text) {}

    private Said weir(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("../weir"));
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile("weir", ".out");
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile());
        builder.environment().put("WEIR_HOME", home.toString());
        builder.environment().put("WEIR_PLACE", "local");
        Process process = builder.start();
        assertThat(process.waitFor(BOUND_SECONDS, TimeUnit.SECONDS))
                .as("weir %s ends", String.join(" ", arguments))
                .isTrue();
        String text = Files.readString(output, StandardCharsets.UTF_8);
        Files.delete(output);
        return new Said(process.exitValue(), text);
    }
}
