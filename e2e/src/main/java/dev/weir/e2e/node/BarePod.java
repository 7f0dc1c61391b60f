package dev.weir.e2e.node;

import dev.weir.ledger.LedgerJson;
import dev.weir.ledger.LedgerRecord;
import dev.weir.ledger.LedgerView;
import dev.weir.ledger.Seen;
import dev.weir.ledger.Start;
import dev.weir.protocol.Command;
import dev.weir.protocol.CommandSigner;
import dev.weir.protocol.JobDescription;
import dev.weir.protocol.Receipt;
import dev.weir.protocol.RuntimeState;
import dev.weir.protocol.RuntimeView;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * A runtime pod that no operator knows: the same image, program and settings as a job's own pod,
 * started by hand and told what to do by commands signed with the operator's key.
 */
public final class BarePod implements AutoCloseable {

    private static final Duration SCHEDULED_BOUND = Duration.ofSeconds(30);
    private static final Duration STOP_BOUND = Duration.ofMinutes(1);

    private final Cluster cluster;
    private final Pod pod;
    private final CommandSigner signer;
    private final ControlPort control;

    private BarePod(Cluster cluster, Pod pod, CommandSigner signer, ControlPort control) {
        this.cluster = cluster;
        this.pod = pod;
        this.signer = signer;
        this.control = control;
    }

    /** A twin of a job's pod, for the same job. */
    public static BarePod twinOf(Cluster cluster, Pod original) {
        return start(
                cluster,
                podFor(
                        original,
                        original.getMetadata().getName() + "-twin",
                        OperatorKey.program(cluster, original)),
                OperatorKey.signerFor(cluster, original));
    }

    /**
     * A pod like another one, with a program of its own. It carries none of the labels and owners
     * by which the operator would find it.
     */
    public static Pod podFor(Pod original, String name, ConfigMap program) {
        Pod pod =
                new PodBuilder()
                        .withNewMetadata()
                        .withNamespace(original.getMetadata().getNamespace())
                        .withName(name)
                        .endMetadata()
                        .withSpec(new PodBuilder(original).buildSpec())
                        .build();
        pod.getSpec().setNodeName(null);
        pod.getSpec().getVolumes().stream()
                .filter(volume -> volume.getName().equals("program"))
                .forEach(volume -> volume.getConfigMap().setName(program.getMetadata().getName()));
        return pod;
    }

    /**
     * A program like another one, for a job that nobody has: its ledger is empty, and its UID is
     * made up.
     */
    public static ConfigMap programFor(ConfigMap original, String name) throws IOException {
        return programFor(original, name, name);
    }

    /** The same, for one of several programs of that job. */
    public static ConfigMap programFor(ConfigMap original, String name, String job)
            throws IOException {
        JobDescription like = OperatorKey.description(original);
        URI root = like.storage().root();
        JobDescription own =
                new JobDescription(
                        like.namespace(),
                        job,
                        jobUid(job),
                        like.revision(),
                        new JobDescription.Storage(
                                URI.create(root.toString().replaceAll("/[^/]+$", "/" + job)),
                                like.storage().region(),
                                like.storage().endpoint(),
                                like.storage().pathStyle()),
                        like.state(),
                        like.checkpoint(),
                        like.restart(),
                        like.parallelism(),
                        like.memory(),
                        like.flinkConfiguration(),
                        like.commandKeys(),
                        like.rollAfter());
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace(like.namespace())
                .withName(name)
                .endMetadata()
                .addToData(original.getData())
                .addToData("job.json", LedgerJson.mapper().writeValueAsString(own))
                .build();
    }

    /** The made-up UID of a job of that name. */
    public static String jobUid(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
    }

    /** Creates the pod and waits until it has an address. */
    public static BarePod start(Cluster cluster, Pod pod, CommandSigner signer) {
        Pod created = cluster.client().resource(pod).create();
        String name = created.getMetadata().getName();
        Pod placed =
                Await.present(
                        "pod " + name + " has an address",
                        SCHEDULED_BOUND,
                        () ->
                                Optional.ofNullable(
                                                cluster.client()
                                                        .pods()
                                                        .inNamespace(
                                                                created.getMetadata()
                                                                        .getNamespace())
                                                        .withName(name)
                                                        .get())
                                        .filter(now -> now.getStatus().getPodIP() != null));
        return new BarePod(cluster, placed, signer, new ControlPort(placed.getStatus().getPodIP()));
    }

    public RuntimeView awaitHeld(Duration bound) {
        return awaitState(RuntimeState.Held.class, bound);
    }

    /** Waits until it is held and has warmed itself up. */
    public RuntimeView awaitWarm(Duration bound) {
        return await(
                "is held and warm",
                view -> view.state().equals(new RuntimeState.Held(true)),
                bound);
    }

    public RuntimeView awaitRunning(Duration bound) {
        return awaitState(RuntimeState.Running.class, bound);
    }

    /** Tells the pod to claim the term after {@code expectedTerm} for the job. */
    public Receipt activate(String jobUid, long expectedTerm, Start start) throws IOException {
        return control.send(
                signer.sign(
                        new Command.Activate(
                                UUID.randomUUID().toString(),
                                jobUid,
                                pod.getMetadata().getUid(),
                                expectedTerm,
                                start,
                                Optional.empty(),
                                Optional.empty())));
    }

    /** Tells the pod to stop the job's term with a savepoint, for another to go on from it. */
    public Receipt stop(String jobUid, long term) throws IOException {
        String id = UUID.randomUUID().toString();
        return control.send(
                signer.sign(
                        new Command.Stop(
                                id,
                                jobUid,
                                pod.getMetadata().getUid(),
                                term,
                                LedgerRecord.CloseReason.HANDOVER,
                                "%019d-%s".formatted(term, id.substring(0, 8)),
                                STOP_BOUND)));
    }

    /** Waits until the pod is Held with the term closed. */
    public RuntimeView awaitStopped(long term, Duration bound) {
        return await(
                "has stopped term " + term,
                view -> view.state() instanceof RuntimeState.Held && closed(view, term),
                bound);
    }

    private static boolean closed(RuntimeView view, long term) {
        return view.ledger() instanceof Seen.Present<LedgerView>(LedgerView.Term newest)
                && newest.number() == term
                && newest.end() instanceof LedgerView.ClosedFor;
    }

    /** Deletes the pod without grace and waits until it is gone. */
    @Override
    public void close() {
        control.close();
        var handle =
                cluster.client()
                        .pods()
                        .inNamespace(pod.getMetadata().getNamespace())
                        .withName(pod.getMetadata().getName());
        handle.withGracePeriod(0).delete();
        Await.that(
                "pod " + pod.getMetadata().getName() + " is gone",
                SCHEDULED_BOUND,
                () -> handle.get() == null);
    }

    private RuntimeView awaitState(Class<? extends RuntimeState> state, Duration bound) {
        return await("is " + state.getSimpleName(), view -> state.isInstance(view.state()), bound);
    }

    private RuntimeView await(String what, Predicate<RuntimeView> wanted, Duration bound) {
        return Await.present(
                pod.getMetadata().getName() + " " + what,
                bound,
                () -> control.follow(view -> Optional.of(view).filter(wanted), bound));
    }
}
