package dev.weir.crds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.crds.JobCondition.Holds;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Savepoints survive the client's own serialisation. */
class SavepointJsonTest {

    private final KubernetesSerialization json = new KubernetesSerialization();

    @Test
    void aSpecIsReadAsTheUserWroteIt() {
        Savepoint savepoint =
                json.unmarshal(
                        """
                        apiVersion: weir.dev/v1alpha1
                        kind: Savepoint
                        metadata: {name: before-the-release, namespace: default}
                        spec: {job: delays, format: Native, deletionPolicy: Delete, deadline: 90m}
                        """,
                        Savepoint.class);

        assertThat(savepoint.getSpec())
                .isEqualTo(
                        new SavepointSpec(
                                "delays",
                                SavepointSpec.Format.NATIVE,
                                SavepointSpec.DeletionPolicy.DELETE,
                                "90m"));
        assertThat(savepoint.getStatus()).isNull();
    }

    @Test
    void aStatusIsReadBackAsItWasWritten() {
        Savepoint savepoint = new Savepoint();
        savepoint.setStatus(
                new SavepointStatus(
                        1L,
                        SavepointPhase.COMPLETED,
                        List.of(
                                new SavepointCondition(
                                        SavepointCondition.Type.COMPLETED,
                                        Holds.TRUE,
                                        1L,
                                        Instant.parse("2026-01-02T03:04:05Z"),
                                        "SavepointCompleted",
                                        "The savepoint is complete.")),
                        "s3://b/savepoints/u-1/a",
                        4096L,
                        "a41b",
                        7L,
                        42L,
                        "2.3.0",
                        List.of(new SavepointStatus.Operator("0123", "Counts", 1, 128, 4000L)),
                        "313ms",
                        Instant.parse("2026-01-02T03:04:05Z")));

        String written = json.asYaml(savepoint);

        assertThat(written)
                .contains("phase: \"Completed\"", "completedAt: \"2026-01-02T03:04:05Z\"")
                .doesNotContain("null");
        assertThat(json.unmarshal(written, Savepoint.class).getStatus())
                .isEqualTo(savepoint.getStatus());
    }

    @Test
    void onlyWhatIsCompletedOrFailedIsSettled() {
        assertThat(SavepointPhase.values())
                .filteredOn(SavepointPhase::settled)
                .containsExactly(SavepointPhase.COMPLETED, SavepointPhase.FAILED);
    }
}
