package dev.weir.e2e.suites;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.e2e.node.JobUnderTest;
import dev.weir.e2e.node.SavepointUnderTest;
import dev.weir.e2e.node.Signal;
import dev.weir.e2e.node.Stage;
import dev.weir.sandbox.exact.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Savepoints on request: taken while the job runs on and stays exact, there where the status says,
 * in no ledger, waited for while the job does not run, and deleted with their resource if that asks
 * for it.
 */
@ExtendWith(OnTheNode.class)
class SavepointIT {

    private static final Duration BOUND = Duration.ofMinutes(2);

    @ParameterizedTest
    @CsvSource({"HashMap", "RocksDB"})
    void oneIsTakenToldAndDeletedAndTheJobStaysExact(String backend, Stage stage) throws Exception {
        String namespace = stage.namespace("savepoint");
        try (ExactJob exact =
                ExactJob.start(stage, namespace, new ExactJob.Settings(backend, "1s", 1))) {
            exact.catchUp();
            SavepointUnderTest canonical = take(stage, exact.job(), "Canonical", "Retain");
            SavepointUnderTest own = take(stage, exact.job(), "Native", "Delete");
            assertTold(stage, exact.job(), canonical);
            assertTold(stage, exact.job(), own);
            assertFaultless(exact.catchUp());

            own.delete();
            own.awaitGone(BOUND);
            assertThat(keys(stage, exact.job(), own)).isEmpty();
            canonical.delete();
            canonical.awaitGone(BOUND);
            assertThat(keys(stage, exact.job(), canonical)).isNotEmpty();

            Verdict verdict = exact.finish();
            assertThat(verdict.exact()).as(verdict.toString()).isTrue();
            assertThat(stage.bucket().ledger(namespace, "exact").toString())
                    .as("rule 3: no record names a user's savepoint")
                    .doesNotContain(canonical.uid(), own.uid());
        }
    }

    @ParameterizedTest
    @CsvSource({"HashMap"})
    void oneIsWaitedForWhileTheJobDoesNotRunAndOutlivesItsPod(String backend, Stage stage)
            throws Exception {
        String namespace = stage.namespace("savepoint");
        try (ExactJob exact =
                ExactJob.start(stage, namespace, new ExactJob.Settings(backend, "1s", 2))) {
            JobUnderTest job = exact.job();
            job.patch("{\"spec\":{\"suspend\":true}}");
            job.await("suspended", BOUND, () -> job.phase().filter("Suspended"::equals));
            SavepointUnderTest savepoint =
                    SavepointUnderTest.create(stage.cluster(), job, "waits", "Canonical", "Retain");
            savepoint.awaitPhase("Pending", BOUND);
            SavepointUnderTest impatient =
                    SavepointUnderTest.create(stage.cluster(), job, "impatient", "deadline: 3s");
            impatient.awaitPhase("Failed", BOUND);
            job.patch("{\"spec\":{\"suspend\":false}}");
            savepoint.awaitPhase("Completed", BOUND);
            assertTold(stage, job, savepoint);

            assertThat(job.jvm(BOUND).signal(Signal.KILL)).isTrue();
            job.await(
                    "a claim after the kill",
                    BOUND,
                    () -> job.condition("Ready").filter("False"::equals));
            job.awaitUpToDate(BOUND);
            assertThat(savepoint.status("phase")).contains("Completed");
            assertThat(impatient.status("phase")).contains("Failed");
            assertThat(keys(stage, job, impatient)).isEmpty();
            Verdict verdict = exact.finish();
            assertThat(verdict.exact()).as(verdict.toString()).isTrue();
        }
    }

    /** Asks for one, waits until it is Completed, and prints how long which part of that took. */
    private static SavepointUnderTest take(
            Stage stage, JobUnderTest job, String format, String policy) throws Exception {
        SavepointWatcher watcher =
                SavepointWatcher.of(job.runningPod(BOUND).getStatus().getPodIP());
        Instant asked = Instant.now();
        SavepointUnderTest savepoint =
                SavepointUnderTest.create(
                        stage.cluster(), job, format.toLowerCase(Locale.ROOT), format, policy);
        savepoint.awaitPhase("Completed", BOUND);
        Instant seen = Instant.now();
        System.out.printf(
                "%s: create to notice %d ms, to complete in the pod %d ms, to Completed %d ms;"
                        + " the engine's part %s, %s bytes%n",
                format,
                Duration.between(asked, watcher.told()).toMillis(),
                Duration.between(asked, watcher.complete()).toMillis(),
                Duration.between(asked, seen).toMillis(),
                savepoint.status("duration").orElse("unknown"),
                savepoint.status("size").orElse("unknown"));
        return savepoint;
    }

    private static void assertTold(Stage stage, JobUnderTest job, SavepointUnderTest savepoint) {
        String location = savepoint.status("location").orElseThrow().toString();
        List<String> keys = keys(stage, job, savepoint);
        assertThat(keys)
                .anyMatch(key -> location.endsWith(key.replaceFirst("/_metadata$", "")))
                .filteredOn(key -> key.endsWith("/_metadata"))
                .as("one savepoint a resource")
                .hasSize(1);
        assertThat(savepoint.operators()).isNotEmpty();
        assertThat(savepoint.status("checkpointId")).isPresent();
        assertThat(savepoint.status("revision").map(Object::toString))
                .isEqualTo(job.status("revision", "hash").map(Object::toString));
    }

    private static List<String> keys(Stage stage, JobUnderTest job, SavepointUnderTest savepoint) {
        return stage.bucket()
                .keys(job.namespace() + "/" + job.name() + "/savepoints/" + savepoint.uid() + "/");
    }

    private static void assertFaultless(Verdict verdict) {
        assertThat(verdict.faultless() && verdict.behind() == 0).as(verdict.toString()).isTrue();
    }
}
