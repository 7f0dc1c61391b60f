package dev.weir.crds;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Resources survive the client's own serialisation. */
class StreamJobJsonTest {

    private final KubernetesSerialization json = new KubernetesSerialization();

    @Test
    void aSpecIsReadAsTheUserWroteIt() {
        StreamJob job =
                json.unmarshal(
                        """
                apiVersion: weir.dev/v1alpha1
                kind: StreamJob
                metadata: {name: delays, namespace: default}
                spec:
                  program: {sql: "INSERT INTO a SELECT * FROM b"}
                  resources: {cpu: 2, memory: 1Gi}
                  state: {backend: RocksDB}
                  deletion: {state: Delete}
                """,
                        StreamJob.class);

        assertThat(job.getSpec().program().sql()).startsWith("INSERT");
        assertThat(job.getSpec().resources()).isEqualTo(new ResourcesSpec("2", "1Gi"));
        assertThat(job.getSpec().state().backend()).isEqualTo(StateBackend.ROCKS_DB);
        assertThat(job.getSpec().deletion().state()).isEqualTo(DeletionSpec.StateOnDeletion.DELETE);
        assertThat(job.getSpec().storage()).isNull();
        assertThat(job.getStatus()).isNull();
    }

    @Test
    void aStatusIsWrittenWithTimesAsTextAndWithoutWhatIsNotThere() {
        StreamJob job = new StreamJob();
        job.setStatus(
                new StreamJobStatus(
                        3L,
                        Phase.RUNNING,
                        List.of(
                                new JobCondition(
                                        JobCondition.Type.UP_TO_DATE,
                                        JobCondition.Holds.TRUE,
                                        3L,
                                        Instant.parse("2026-01-02T03:04:05Z"),
                                        "Running",
                                        "All tasks run.")),
                        null,
                        7L,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null));

        String written = json.asYaml(job);

        assertThat(written)
                .contains(
                        "phase: \"Running\"",
                        "type: \"UpToDate\"",
                        "lastTransitionTime: \"2026-01-02T03:04:05Z\"")
                .doesNotContain("jobId", "null");
        assertThat(json.unmarshal(written, StreamJob.class).getStatus()).isEqualTo(job.getStatus());
    }
}
