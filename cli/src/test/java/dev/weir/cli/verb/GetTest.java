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

class GetTest {

    private final Session session = new Session().withDelaysRunning();

    private void alsoCountsElsewhere() {
        session.weirReading(
                MANIFEST.replace("delays", "counts"), "apply", "-n", "other", "-f", "-");
    }

    @Test
    void jobsStandInTheColumnsOfTheResourceDefinition() {
        assertThat(session.weir("get"))
                .isEqualTo(
                        new Answer(
                                0,
                                """
                                NAME     PHASE     READY   REASON    CHECKPOINT   RESTARTS   AGE
                                delays   Running   True    Running   4s           1          31m
                                """,
                                ""));
    }

    @Test
    void aWideTableHasTheColumnsOfLowerPriorityToo() {
        assertThat(session.weir("get", "-o", "wide").out())
                .isEqualTo(
                        """
                        NAME     PHASE     READY   REASON    CHECKPOINT   RESTARTS   AGE   PARALLELISM   REVISION           TERM
                        delays   Running   True    Running   4s           1          31m   2             3f8a1c9e5b7d2046   4
                        """);
    }

    @Test
    void allNamespacesAreNamedBesideTheirJobs() {
        alsoCountsElsewhere();
        assertThat(session.weir("get", "-A").out())
                .isEqualTo(
                        """
                        NAMESPACE   NAME     PHASE     READY   REASON    CHECKPOINT   RESTARTS   AGE
                        demo        delays   Running   True    Running   4s           1          31m
                        other       counts                                                       0s
                        """);
    }

    @Test
    void namesArePrintedAsOtherCommandsTakeThem() {
        var name = session.weir("get", "-o", "name").out();
        assertThat(name).isEqualTo("streamjob.weir.dev/delays\n");
        assertThat(session.weir("get", name.strip(), "-o", "name").out()).isEqualTo(name);
    }

    @Test
    void oneJobAsYamlIsAManifestWithItsSqlAsItWasWritten() {
        assertThat(session.weir("get", "delays", "-o", "yaml").out())
                .startsWith(
                        """
                        apiVersion: weir.dev/v1alpha1
                        kind: StreamJob
                        metadata:
                          name: delays
                          namespace: demo
                        """)
                .contains(
                        """
                          program:
                            sql: |
                              CREATE TABLE flights (origin STRING) WITH ('connector' = 'datagen');
                        """);
    }

    @Test
    void severalJobsAsJsonAreAList() {
        assertThat(session.weir("get", "-o", "json").out())
                .startsWith(
                        """
                        {
                            "apiVersion": "v1",
                            "kind": "List",
                            "items": [
                                {
                                    "apiVersion": "weir.dev/v1alpha1",
                        """);
    }

    @Test
    void aNameThatNothingHasFailsAndTheOthersAreShown() {
        var answer = session.weir("get", "nothing", "delays", "-o", "name");
        assertThat(answer)
                .isEqualTo(
                        new Answer(
                                1,
                                "streamjob.weir.dev/delays\n",
                                "there is no StreamJob \"nothing\" in namespace demo\n"));
    }

    @Test
    void whereThereAreNoneThatIsSaidAndIsNoFailure() {
        assertThat(session.weir("get", "-n", "empty"))
                .isEqualTo(new Answer(0, "", "there are no StreamJobs in namespace empty\n"));
    }

    @Test
    void aNameInAllNamespacesMakesNoSense() {
        assertThat(session.weir("get", "-A", "delays").code()).isEqualTo(2);
    }

    @Test
    void aPhaseThatOnlyANewerOperatorHasIsShown() {
        var json = session.place().job(DELAYS).orElseThrow().json();
        json.withObject("/status").put("phase", "RollingBack").put("rollbacks", 2);
        session.place().put(json);
        assertThat(session.weir("get").out()).contains("delays   RollingBack   True ");
        assertThat(session.weir("describe", "delays").out())
                .contains("Phase:        RollingBack\n");
    }

    @Test
    void watchingShowsEachChangeOnceUntilItEnds() {
        session.thenOnTheWay(Duration.ofSeconds(4), Phase.RECOVERING, Reason.RECOVERING);
        session.place().after(Duration.ofSeconds(1), () -> {});
        session.thenRunning(Duration.ofSeconds(2));
        assertThat(session.weir("get", "--watch").out())
                .isEqualTo(
                        """
                        NAME     PHASE     READY   REASON    CHECKPOINT   RESTARTS   AGE
                        delays   Running   True    Running   4s           1          31m
                        delays   Recovering   False   Recovering   4s           1          31m
                        delays   Running      True    Running      4s           1          31m
                        """);
    }

    @Test
    void watchingYamlPartsTheDocuments() {
        session.thenRunning(Duration.ofSeconds(2));
        var out = session.weir("get", "delays", "-w", "-o", "yaml").out();
        assertThat(out.split("(?m)^---$"))
                .hasSize(2)
                .allMatch(text -> text.contains("kind: StreamJob"));
    }
}
