package dev.weir.operator.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.crds.Phase;
import dev.weir.crds.StreamJob;
import dev.weir.crds.StreamJobStatus;
import dev.weir.operator.kubernetes.KubernetesGateway;
import dev.weir.operator.kubernetes.PodManifests;
import dev.weir.operator.kubernetes.Written;
import dev.weir.operator.plan.Desired;
import dev.weir.operator.plan.OperatorDefaults;
import dev.weir.operator.plan.PodView.Role;
import dev.weir.operator.plan.SpecReader;
import dev.weir.operator.wake.JobKey;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/**
 * What the operator relies on of Kubernetes, whether it is the API server, the local world or a
 * fake. Reads may be behind a write for a while, so they are asked until they show it.
 */
public interface KubernetesGatewayContract {

    /** A world with one StreamJob in it, as a user has just created it. */
    Given given();

    /** What a test may do besides using the gateway. */
    interface Given {

        KubernetesGateway gateway();

        /** The resource as it is there now; empty: gone. */
        Optional<StreamJob> job();

        /** As a user deletes it. */
        void delete();
    }

    Written DONE = new Written.Done();

    @Test
    default void aPodThatWasCreatedIsThereWithAUidAndATimeOfItsOwn() {
        var given = given();
        assertThat(given.gateway().create(pod(given, "one"))).isEqualTo(DONE);
        var made = pods(given, 1).getFirst();
        assertThat(made.getMetadata().getName()).isEqualTo("one");
        assertThat(made.getMetadata().getUid()).isNotBlank();
        assertThat(made.getMetadata().getCreationTimestamp()).isNotBlank();
        assertThat(made.getStatus().getPhase()).isEqualTo("Pending");
    }

    @Test
    default void creatingAgainIsDoneAndChangesNothing() {
        var given = given();
        given.gateway().create(pod(given, "one"));
        var uid = pods(given, 1).getFirst().getMetadata().getUid();
        assertThat(given.gateway().create(pod(given, "one"))).isEqualTo(DONE);
        assertThat(pods(given, 1).getFirst().getMetadata().getUid()).isEqualTo(uid);
        given.gateway().create(program(given));
        assertThat(given.gateway().create(program(given))).isEqualTo(DONE);
    }

    @Test
    default void aNameThatSomebodyElseHasIsRefused() {
        var given = given();
        given.gateway().create(pod(given, "one"));
        var stranger = pod(given, "one");
        stranger.getMetadata().getOwnerReferences().getFirst().setUid("somebody-else");
        assertThat(given.gateway().create(stranger))
                .isInstanceOfSatisfying(
                        Written.Refused.class,
                        refused ->
                                assertThat(refused.why())
                                        .contains("one", "belongs to somebody else"));
    }

    @Test
    default void aPodIsDeletedByItsUidAndALaterOneOfItsNameIsLeftAlone() {
        var given = given();
        given.gateway().create(pod(given, "one"));
        var made = pods(given, 1).getFirst().getMetadata();
        assertThat(given.gateway().deletePod(made.getNamespace(), "one", "another-uid", true))
                .isEqualTo(DONE);
        assertThat(pods(given, 1).getFirst().isMarkedForDeletion()).isFalse();
        assertThat(given.gateway().deletePod(made.getNamespace(), "one", made.getUid(), true))
                .isEqualTo(DONE);
        await(() -> given.gateway().pods(key(given)).stream().allMatch(Pod::isMarkedForDeletion));
    }

    @Test
    default void aProgramIsThereUntilItIsDeletedAndDeletingItAgainIsDone() {
        var given = given();
        var program = program(given);
        var meta = program.getMetadata();
        assertThat(given.gateway().create(program)).isEqualTo(DONE);
        await(() -> given.gateway().programs(key(given)).size() == 1);
        assertThat(given.gateway().programs(key(given)).getFirst().getData())
                .containsKeys("job.json", "program.sql");
        assertThat(given.gateway().deleteProgram(meta.getNamespace(), meta.getName()))
                .isEqualTo(DONE);
        await(() -> given.gateway().programs(key(given)).isEmpty());
        assertThat(given.gateway().deleteProgram(meta.getNamespace(), meta.getName()))
                .isEqualTo(DONE);
    }

    @Test
    default void aStatusIsWrittenAndTheWriterSeesItAtOnce() {
        var given = given();
        var seen = given.job().orElseThrow();
        assertThat(given.gateway().writeStatus(seen, status(Phase.PREPARING))).isEqualTo(DONE);
        assertThat(given.gateway().newest(seen).getStatus().phase()).isEqualTo(Phase.PREPARING);
        assertThat(given.job().orElseThrow().getStatus().phase()).isEqualTo(Phase.PREPARING);
        assertThat(given.job().orElseThrow().getSpec()).isEqualTo(seen.getSpec());
    }

    @Test
    default void nothingIsWrittenOverWhatTheWriterHasNotSeen() {
        var given = given();
        var stale = given.job().orElseThrow();
        given.gateway().writeStatus(stale, status(Phase.PREPARING));
        assertThat(given.gateway().writeStatus(stale, status(Phase.HELD)))
                .isEqualTo(new Written.Conflict());
        assertThat(given.gateway().addFinalizer(stale)).isEqualTo(new Written.Conflict());
        assertThat(given.job().orElseThrow().getStatus().phase()).isEqualTo(Phase.PREPARING);
    }

    @Test
    default void aJobWithAFinalizerOutlivesItsDeletionAndGoesWithTheFinalizer() {
        var given = given();
        assertThat(given.gateway().addFinalizer(given.job().orElseThrow())).isEqualTo(DONE);
        assertThat(given.gateway().addFinalizer(given.job().orElseThrow())).isEqualTo(DONE);
        given.delete();
        var deleted = given.job().orElseThrow();
        assertThat(deleted.isMarkedForDeletion()).isTrue();
        assertThat(deleted.getMetadata().getFinalizers()).containsExactly(StreamJob.FINALIZER);
        assertThat(given.gateway().removeFinalizer(deleted)).isEqualTo(DONE);
        await(() -> given.job().isEmpty());
        assertThat(given.gateway().writeStatus(deleted, status(Phase.FAILED)))
                .isInstanceOf(Written.Refused.class);
    }

    @Test
    default void anEventOfANameThatIsThereIsDone() {
        var given = given();
        assertThat(given.gateway().publish(event(given))).isEqualTo(DONE);
        assertThat(given.gateway().publish(event(given))).isEqualTo(DONE);
    }

    private static List<Pod> pods(Given given, int count) {
        await(() -> given.gateway().pods(key(given)).size() == count);
        return given.gateway().pods(key(given));
    }

    private static Pod pod(Given given, String name) {
        return PodManifests.pod(desired(given), name, Role.STANDALONE);
    }

    private static ConfigMap program(Given given) {
        return PodManifests.program(desired(given));
    }

    private static Desired desired(Given given) {
        var defaults =
                new OperatorDefaults(
                        Optional.of(
                                new OperatorDefaults.Storage(
                                        "s3://jobs",
                                        "us-east-1",
                                        Optional.empty(),
                                        true,
                                        Optional.empty())),
                        "weir/runtime:none",
                        List.of("key"),
                        1000);
        return ((SpecReader.Valid) SpecReader.read(given.job().orElseThrow(), defaults)).desired();
    }

    private static StreamJobStatus status(Phase phase) {
        return new StreamJobStatus(
                1L, phase, List.of(), null, null, null, null, null, null, 0L, 1, null);
    }

    private static Event event(Given given) {
        var meta = given.job().orElseThrow().getMetadata();
        return new EventBuilder()
                .withNewMetadata()
                .withNamespace(meta.getNamespace())
                .withName(meta.getName() + ".0123456789abcdef")
                .endMetadata()
                .withEventTime(new MicroTime("2026-03-01T12:00:00.000000Z"))
                .withReportingController("weir.dev/operator")
                .withReportingInstance("contract")
                .withAction("Converge")
                .withReason("Running")
                .withType("Normal")
                .withNote("All tasks run.")
                .withNewRegarding()
                .withApiVersion(StreamJob.GROUP + "/" + StreamJob.VERSION)
                .withKind(StreamJob.KIND)
                .withNamespace(meta.getNamespace())
                .withName(meta.getName())
                .withUid(meta.getUid())
                .endRegarding()
                .build();
    }

    private static JobKey key(Given given) {
        return JobKey.of(given.job().orElseThrow());
    }

    private static void await(BooleanSupplier holds) {
        var deadline = System.nanoTime() + 30_000_000_000L;
        while (!holds.getAsBoolean()) {
            assertThat(System.nanoTime()).as("seen within 30 s").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }
}
