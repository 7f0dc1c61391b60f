package dev.weir.cli.verb;

import static dev.weir.cli.fake.Session.DELAYS;
import static dev.weir.cli.fake.Session.MANIFEST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.cli.fake.Session;
import dev.weir.cli.fake.Session.Answer;
import dev.weir.crds.Phase;
import dev.weir.crds.Reason;
import dev.weir.operator.wake.JobKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApplyTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Session session = new Session();

    private Answer apply(String manifest, String... more) {
        var arguments = new String[more.length + 3];
        System.arraycopy(new String[] {"apply", "-f", "-"}, 0, arguments, 0, 3);
        System.arraycopy(more, 0, arguments, 3, more.length);
        return session.weirReading(manifest, arguments);
    }

    @Test
    void aNewJobIsCreatedTheSameAgainIsUnchangedAndAnotherSpecIsConfigured() {
        assertThat(apply(MANIFEST))
                .isEqualTo(new Answer(0, "streamjob.weir.dev/delays created\n", ""));
        assertThat(apply(MANIFEST).out()).isEqualTo("streamjob.weir.dev/delays unchanged\n");
        assertThat(apply(MANIFEST.replace("parallelism: 2", "parallelism: 3")).out())
                .isEqualTo("streamjob.weir.dev/delays configured\n");
    }

    @Test
    void aRefusedDocumentIsSaidAsKubectlSaysItAndKeepsNoOtherBack() {
        var both =
                MANIFEST.replace("parallelism: 2", "parallelism: 0")
                        + "---\n"
                        + MANIFEST.replace("delays", "counts");
        assertThat(apply(both))
                .isEqualTo(
                        new Answer(
                                1,
                                "streamjob.weir.dev/counts created\n",
                                "The StreamJob \"delays\" is invalid: spec.parallelism must be at least 1\n"));
        assertThat(session.place().job(DELAYS)).isEmpty();
    }

    @Test
    void severalProblemsAreAllSaid() {
        var wrong = MANIFEST.replace("parallelism: 2", "parallelism: 0\n  standby: 1");
        assertThat(apply(wrong).err())
                .isEqualTo(
                        """
                        The StreamJob "delays" is invalid:
                        * unknown field "spec.standby"
                        * spec.parallelism must be at least 1
                        """);
    }

    @Test
    void aDocumentThatCantBeUsedIsNamedByItsPlaceAndKeepsNoOtherBack() {
        var three =
                """
                apiVersion: v1
                kind: Secret
                metadata: {name: keys}
                ---
                spec: [
                ---
                """
                        + MANIFEST;
        var answer = apply(three);
        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.out()).isEqualTo("streamjob.weir.dev/delays created\n");
        assertThat(answer.err())
                .contains(
                        "standard input, document 1: kind is Secret, and must be StreamJob; other kinds are applied by kubectl\n")
                .contains("standard input, document 2: no YAML: ");
    }

    @Test
    void theFilesOfAFolderAreTakenInTheOrderOfTheirNames(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("2.yaml"), MANIFEST.replace("delays", "second"));
        Files.writeString(folder.resolve("1.yml"), MANIFEST.replace("delays", "first"));
        Files.writeString(folder.resolve("notes.txt"), "no manifest");
        assertThat(session.weir("apply", "-f", folder.toString()).out())
                .isEqualTo(
                        """
                        streamjob.weir.dev/first created
                        streamjob.weir.dev/second created
                        """);
    }

    @Test
    void whatGetPrintsCanBeAppliedAgain() {
        session.withDelaysRunning();
        var all = session.weir("get", "-o", "json").out();
        assertThat(apply(all))
                .isEqualTo(new Answer(0, "streamjob.weir.dev/delays unchanged\n", ""));
    }

    @Test
    void aFileThatIsNotThereIsSaid() {
        var answer = session.weir("apply", "-f", "gone.yaml");
        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.err()).isEqualTo("weir apply: there is no file gone.yaml\n");
    }

    @Test
    void aDocumentOfAnotherNamespaceThanAskedForIsNotTaken() {
        var elsewhere = MANIFEST.replace("name: delays", "name: delays\n  namespace: prod");
        var answer = apply(elsewhere, "-n", "test");
        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.err())
                .contains("metadata.namespace is prod, and --namespace asks for test");
        assertThat(apply(elsewhere).code()).isZero();
        assertThat(session.place().job(new JobKey("prod", "delays"))).isPresent();
    }

    @Test
    void waitingTellsEachChangeAndHowLongItTook() {
        session.thenOnTheWay(SECOND, Phase.PENDING, Reason.CREATING_POD)
                .thenOnTheWay(SECOND, Phase.PREPARING, Reason.PREPARING)
                .thenOnTheWay(SECOND, Phase.PREPARING, Reason.PREPARING)
                .thenOnTheWay(SECOND, Phase.STARTING, Reason.STARTING)
                .thenRunning(SECOND.multipliedBy(2));
        assertThat(apply(MANIFEST, "--wait"))
                .isEqualTo(
                        new Answer(
                                0,
                                """
                                streamjob.weir.dev/delays created
                                streamjob.weir.dev/delays ready (Running) after 6.0s
                                """,
                                """
                                delays: Pending, CreatingPod: A runtime pod is being created.
                                delays: Preparing, Preparing: The runtime pod boots and compiles the program.
                                delays: Starting, Starting: The job is started; not all of its tasks run yet.
                                """));
    }

    @Test
    void whereAPersonWatchesOneLineIsWrittenOver() {
        session.live()
                .thenOnTheWay(SECOND, Phase.PENDING, Reason.CREATING_POD)
                .thenOnTheWay(SECOND, Phase.PREPARING, Reason.PREPARING)
                .thenRunning(SECOND);
        var answer = apply(MANIFEST, "--wait");
        assertThat(answer.err())
                .isEqualTo(
                        "\rdelays: Pending, CreatingPod: A runtime pod is being creat…\u001b[K"
                                + "\rdelays: Preparing, Preparing: The runtime pod boots and co…\u001b[K"
                                + "\r\u001b[K");
        assertThat(answer.out()).endsWith("delays \u001b[32mready\u001b[0m (Running) after 3.0s\n");
    }

    @Test
    void aJobThatItsUserHasToMendIsNotWaitedFor() {
        session.place()
                .after(
                        SECOND,
                        () ->
                                session.place()
                                        .report(
                                                DELAYS,
                                                session.report()
                                                        .blocked(
                                                                Phase.FAILED,
                                                                Reason.PROGRAM_INVALID,
                                                                "line 3: no table flights")));
        session.thenRunning(SECOND);
        assertThat(apply(MANIFEST, "--wait=1m"))
                .isEqualTo(
                        new Answer(
                                3,
                                "streamjob.weir.dev/delays created\n",
                                """
                                delays: Failed, ProgramInvalid
                                  The program does not compile: line 3: no table flights.
                                  Remedy: correct spec.program and apply it again.
                                """));
    }

    @Test
    void aNewRevisionThatIsUnfitIsSaidThoughTheOldOneRunsOn() {
        session.withDelaysRunning();
        session.place()
                .after(
                        SECOND,
                        () ->
                                session.place()
                                        .report(
                                                DELAYS,
                                                session.report()
                                                        .blockedWhileRunning(
                                                                Reason.PROGRAM_INVALID, "")));
        var answer = apply(MANIFEST.replace("parallelism: 2", "parallelism: 3"), "--wait");
        assertThat(answer.code()).isEqualTo(3);
        assertThat(answer.err()).startsWith("delays: Running, ProgramInvalid\n");
    }

    @Test
    void whatWasReportedOfTheOldSpecIsNotTakenForTheNewOne() {
        session.withDelaysRunning();
        session.thenOnTheWay(SECOND, Phase.UPGRADING, Reason.STOPPING).thenRunning(SECOND);
        var answer = apply(MANIFEST.replace("parallelism: 2", "parallelism: 3"), "--wait");
        assertThat(answer.out()).endsWith("ready (Running) after 2.0s\n");
        assertThat(answer.err())
                .isEqualTo(
                        "delays: Upgrading, StoppingWithSavepoint: The job is being stopped with a savepoint.\n");
    }

    @Test
    void whatTimeMayHelpIsWaitedForUntilTimeIsUp() {
        session.place()
                .after(
                        Duration.ofSeconds(5),
                        () ->
                                session.place()
                                        .report(
                                                DELAYS,
                                                session.report()
                                                        .blocked(
                                                                Phase.PENDING,
                                                                Reason.POD_UNSCHEDULABLE,
                                                                "")));
        session.place().after(Duration.ofMinutes(2), () -> {});
        var answer = apply(MANIFEST, "--wait=90s");
        assertThat(answer.code()).isEqualTo(3);
        assertThat(answer.err())
                .isEqualTo(
                        """
                        delays: Pending, PodUnschedulable: No node has room for the runtime pod.
                        delays: not ready after 1m30s: Pending, PodUnschedulable: No node has room for the runtime pod.
                          Remedy: lower spec.resources or add a node.
                        """);
    }

    @Test
    void whereNoOperatorRunsThatIsWhatIsSaidInTheEnd() {
        session.place().after(Duration.ofMinutes(20), () -> {});
        assertThat(apply(MANIFEST, "--wait").err())
                .isEqualTo(
                        "delays: not ready after 10m: no operator has looked at it yet; does one run?\n");
    }

    @Test
    void aJobThatIsToBeSuspendedIsWaitedForUntilItIs() {
        session.place()
                .after(SECOND, () -> session.place().report(DELAYS, session.report().suspended()));
        assertThat(apply(MANIFEST + "  suspend: true\n", "--wait").out())
                .endsWith("streamjob.weir.dev/delays suspended after 1.0s\n");
    }

    @Test
    void aProgramThatCameToItsEndIsReady() {
        session.place()
                .after(SECOND, () -> session.place().report(DELAYS, session.report().completed()));
        assertThat(apply(MANIFEST, "--wait").out())
                .endsWith("streamjob.weir.dev/delays completed (Completed) after 1.0s\n");
    }

    @Test
    void aJobThatIsDeletedWhileItIsWaitedForIsSaidToBe() {
        session.place().after(SECOND, () -> session.place().vanish(DELAYS));
        var answer = apply(MANIFEST, "--wait");
        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.err()).isEqualTo("delays: the job was deleted meanwhile\n");
    }

    @Test
    void aJobThatIsBeingDeletedTakesNothingMore() {
        session.withDelays().place().holdDeletions();
        session.weir("delete", "delays", "--no-wait");
        var answer = apply(MANIFEST);
        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.err()).isEqualTo("streamjob.weir.dev/delays: it is being deleted\n");
    }
}
