package dev.weir.cli.verb;

import static dev.weir.cli.fake.Session.DELAYS;
import static dev.weir.cli.fake.Session.MANIFEST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.cli.fake.Session;
import dev.weir.cli.fake.Session.Answer;
import dev.weir.crds.Phase;
import dev.weir.crds.Reason;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DescribeTest {

    private final Session session = new Session();

    @Test
    void aJobIsToldInSections() {
        session.withDelaysRunning().withPodAndEvents();
        assertThat(session.weir("describe", "delays"))
                .isEqualTo(
                        new Answer(
                                0,
                                """
                                Name:         delays
                                Namespace:    demo
                                Age:          31m
                                Phase:        Running
                                Reason:       Running: All tasks run.
                                Revision:     1 (3f8a1c9e5b7d2046)
                                Term:         4
                                Checkpoint:   #41, 4s ago, 1.2 MiB, took 212ms
                                              s3://jobs/demo/delays/checkpoints/0000000000000000004/chk-41
                                Last failure: 7m ago, recovered after 412ms
                                              java.lang.ArithmeticException: / by zero
                                Restarts:     1
                                Conditions:
                                  TYPE         STATUS  SINCE  REASON
                                  Ready        True    90s    Running
                                  Progressing  False   90s    Running
                                  Restorable   True    90s    RestorePointPresent
                                  UpToDate     True    90s    Running
                                Pods:
                                  NAME           ROLE        STATUS   RESTARTS  AGE
                                  delays-3f8a1c  standalone  Running  1         30m
                                Program:
                                  CREATE TABLE flights (origin STRING) WITH ('connector' = 'datagen');
                                  CREATE TABLE delays (origin STRING) WITH ('connector' = 'blackhole');
                                  INSERT INTO delays SELECT origin FROM flights;
                                Events:
                                  Type    Reason       Age               From               Message
                                  ----    ------       ---               ----               -------
                                  Normal  CreatingPod  31m               weir.dev/operator  A runtime pod is being created.
                                  Normal  Pulled       90s (x2 over 5m)  kubelet            Container image present
                                """,
                                ""));
    }

    @Test
    void aBlockedJobIsToldWithItsRemedy() {
        session.withDelays();
        session.place()
                .report(
                        DELAYS,
                        session.report()
                                .blocked(
                                        Phase.FAILED,
                                        Reason.STORE_DENIED,
                                        "403 for s3://jobs/demo/delays"));
        assertThat(session.weir("describe", "delays").out())
                .contains(
                        """
                        Phase:        Failed
                        Reason:       StoreDenied: The store refuses the job: 403 for s3://jobs/demo/delays.
                        Remedy:       check spec.storage.uri and that the credentials of spec.storage.credentialsSecret may read and write there.
                        """);
    }

    @Test
    void aJobThatNobodyHasLookedAtIsToldAsSuch() {
        session.withDelays();
        assertThat(session.weir("describe", "delays").out())
                .contains("Phase:        <none>: no operator has looked at the job yet\n")
                .contains("Pods:         <none>\n")
                .contains("Events:       <none>\n");
    }

    @Test
    void aLongProgramIsCutShort() {
        var statements = "INSERT INTO delays SELECT origin FROM flights;\n      ".repeat(30);
        session.weirReading(
                MANIFEST.replace(
                        "INSERT INTO delays SELECT origin FROM flights;\n", statements + "\n"),
                "apply",
                "-f",
                "-");
        assertThat(session.weir("describe", "delays").out())
                .contains("  … and 21 more lines; 'get delays -o yaml' shows them\n");
    }

    @Test
    void severalJobsAreToldOneAfterTheOtherAndOneThatIsNotThereFails() {
        session.withDelays();
        session.clock().pass(Duration.ofMinutes(1));
        var answer = session.weir("describe", "delays", "nothing");
        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.out()).startsWith("Name:         delays\n");
        assertThat(answer.err()).isEqualTo("there is no StreamJob \"nothing\" in namespace demo\n");
    }

    @Test
    void whereAPersonWatchesNameAndRemedyStandOut() {
        session.withDelays().live();
        session.place()
                .report(DELAYS, session.report().blocked(Phase.FAILED, Reason.JOB_FAILED, ""));
        assertThat(session.weir("describe", "delays").out())
                .contains("Name:         \u001b[1mdelays\u001b[0m\n")
                .contains("Remedy:       \u001b[31mmend the cause");
    }
}
