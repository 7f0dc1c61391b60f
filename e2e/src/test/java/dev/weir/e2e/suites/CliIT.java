package dev.weir.e2e.suites;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.cli.Weir;
import dev.weir.cli.kubernetes.Kubeconfig;
import dev.weir.cli.place.Places;
import dev.weir.cli.place.Places.Way;
import dev.weir.cli.show.Console;
import dev.weir.cli.show.Paint;
import dev.weir.cli.verb.Editor;
import dev.weir.e2e.node.Await;
import dev.weir.e2e.node.Stage;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/** The way of a first user with {@code weir} alone: nothing is looked at but what it prints. */
@ExtendWith(OnTheNode.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CliIT {

    private static final Duration PODS_GONE = Duration.ofMinutes(1);

    private static final String BOUND = "--wait=2m";

    private Stage stage;
    private String namespace;
    private String manifest;

    /** What a command answered. */
    private record Answer(int code, String out, String err) {
        Answer succeeded() {
            assertThat(code).as("%s%s", out, err).isZero();
            return this;
        }
    }

    @BeforeAll
    void aManifestIsWritten(Stage stage) {
        this.stage = stage;
        namespace = stage.namespace("cli");
        String written =
                weir("", (_, text) -> text, "init", "sql", "--name", "counts").succeeded().out();
        // So that the pods of two revisions have room on a machine of two cores.
        manifest = written.replaceFirst("\nspec:\n", "\nspec:\n  resources: {cpu: 200m}\n");
        assertThat(manifest).isNotEqualTo(written);
    }

    @AfterAll
    void theNamespaceGoes() {
        stage.cluster().deleteNamespace(namespace);
    }

    private Answer weir(String input, Editor editor, String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        var console =
                new Console(
                        new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                        new PrintWriter(out),
                        new PrintWriter(err),
                        false,
                        80,
                        Paint.PLAIN,
                        InstantSource.system());
        var environment = Map.of("KUBECONFIG", stage.cluster().kubeconfig().toString());
        var places =
                new Places(
                        new Way(
                                () -> false,
                                () -> {
                                    throw new IllegalStateException("the cluster was meant");
                                }),
                        access -> new Kubeconfig(access, environment).way(),
                        environment);
        int code = new Weir("weir", places, console, editor, List.of()).run(arguments);
        return new Answer(code, out.toString(), err.toString());
    }

    /** In the suite's namespace. */
    private Answer weirHere(String... arguments) {
        return weirReading("", arguments);
    }

    private Answer weirReading(String input, String... arguments) {
        return weirEditing(input, (_, text) -> text, arguments);
    }

    private Answer weirEditing(String input, Editor editor, String... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--namespace", namespace));
        return weir(input, editor, all.toArray(String[]::new));
    }

    @Test
    @Order(1)
    void aManifestOfInitIsAppliedAndBecomesReady() {
        var answer = weirReading(manifest, "apply", "-f", "-", BOUND).succeeded();
        assertThat(answer.out())
                .containsPattern(
                        "^streamjob.weir.dev/counts created\nstreamjob.weir.dev/counts ready \\(Running\\) after \\d");
        assertThat(answer.err()).contains("counts: Preparing, ");
        assertThat(weirReading(manifest, "apply", "-f", "-").succeeded().out())
                .isEqualTo("streamjob.weir.dev/counts unchanged\n");
    }

    @Test
    @Order(2)
    void getShowsWhatKubectlShows() {
        var lines = weirHere("get").succeeded().out().split("\n");
        assertThat(lines[0].split(" +"))
                .containsExactly(
                        "NAME", "PHASE", "READY", "REASON", "CHECKPOINT", "RESTARTS", "AGE");
        assertThat(lines[1].split(" +")).startsWith("counts", "Running", "True", "Running");
        assertThat(weirHere("get", "counts", "-o", "yaml").succeeded().out())
                .contains("sql: |", "phase: Running");
    }

    @Test
    @Order(3)
    void describeTellsOfPodsProgramAndHistory() {
        assertThat(weirHere("describe", "counts").succeeded().out())
                .containsPattern("Phase: +Running\n")
                .containsPattern("Term: +1\n")
                .containsPattern("\n  counts-\\S+ +standalone +Running +0 ")
                .contains("\n  CREATE TABLE orders (\n")
                .containsPattern("\n  Normal +CreatingPod .*weir.dev/operator")
                .containsPattern("\n  Normal +\\w+ .*kubelet");
    }

    @Test
    @Order(4)
    void logsShowsWhatThePodSays() {
        assertThat(weirHere("logs", "counts").succeeded().out().lines().count()).isGreaterThan(2);
        assertThat(weirHere("logs", "counts", "--tail", "1").succeeded().out().lines()).hasSize(1);
    }

    @Test
    @Order(5)
    void theApiServersRefusalIsPassedOn() {
        var invalid = manifest.replace("interval: 10s", "interval: soon");
        var answer = weirReading(invalid, "apply", "-f", "-");
        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.err())
                .startsWith("The StreamJob \"counts\" is invalid: ")
                .contains("spec.checkpoint.interval must be a duration from 100ms to 24h");
        var unknown = weirReading(manifest.replace("interval:", "every:"), "apply", "-f", "-");
        assertThat(unknown.err())
                .isEqualTo(
                        "The StreamJob \"counts\" is invalid: unknown field \"spec.checkpoint.every\"\n");
    }

    @Test
    @Order(6)
    void aProgramThatDoesNotCompileIsSaidAtOnceAndTheOldOneRunsOn() {
        var broken =
                manifest.replace(
                        "FROM TABLE(TUMBLE(TABLE orders", "FROM TABLE(TUMBLE(TABLE nothing");
        var answer = weirReading(broken, "apply", "-f", "-", BOUND);
        assertThat(answer.code()).isEqualTo(3);
        assertThat(answer.err())
                .contains(
                        "counts: Running, ProgramInvalid\n",
                        "nothing",
                        "  Remedy: correct the name");
        assertThat(weirHere("get").succeeded().out()).contains("Running   True");
        weirReading(manifest, "apply", "-f", "-", BOUND).succeeded();
    }

    @Test
    @Order(7)
    void aSuspendedJobHasNoPodAndGoesOnWhenItIsResumed() {
        assertThat(weirHere("suspend", "counts", BOUND).succeeded().out())
                .startsWith("streamjob.weir.dev/counts: spec.suspend: false -> true\n")
                .contains("counts suspended after");
        Await.that(
                "no pod is left",
                PODS_GONE,
                () ->
                        weirHere("describe", "counts")
                                .out()
                                .lines()
                                .anyMatch(line -> line.matches("Pods: +<none>")));
        assertThat(weirHere("logs", "counts").code()).isEqualTo(1);
        assertThat(weirHere("resume", "counts", BOUND).succeeded().out())
                .contains("counts ready (Running) after");
    }

    @Test
    @Order(8)
    void aRefusedEditOpensAgainAndTheNextOneIsTaken() {
        var opened = new ArrayList<String>();
        Editor editor =
                (_, text) -> {
                    opened.add(text);
                    var interval = opened.size() == 1 ? "1ms" : "5s";
                    return text.replaceAll("interval: \\S+", "interval: " + interval);
                };
        weirEditing("", editor, "edit", "counts").succeeded();
        assertThat(opened).hasSize(2);
        assertThat(opened.getLast())
                .startsWith("# The StreamJob \"counts\" is invalid: spec.checkpoint.interval");
        assertThat(weirHere("get", "counts", "-o", "yaml").out()).contains("interval: 5s");
        weirHere("wait", "counts", "--for=ready", "--timeout=2m").succeeded();
    }

    @Test
    @Order(9)
    void aDeletionIsWaitedFor() {
        var answer = weirHere("delete", "counts", BOUND).succeeded();
        assertThat(answer.out()).startsWith("streamjob.weir.dev/counts deleted after ");
        assertThat(answer.err()).contains("counts: Deleting, ");
        assertThat(weirHere("wait", "counts", "--for=deleted").code()).isZero();
        assertThat(weirHere("get").err()).startsWith("there are no StreamJobs in namespace ");
    }
}
