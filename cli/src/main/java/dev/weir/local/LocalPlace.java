package dev.weir.local;

import dev.weir.cli.place.Admitted;
import dev.weir.cli.place.JobDocument;
import dev.weir.cli.place.Place;
import dev.weir.cli.place.Scope;
import dev.weir.cli.place.UnreachableException;
import dev.weir.crds.StreamJob;
import dev.weir.local.node.PodFolder;
import dev.weir.local.store.Edit;
import dev.weir.local.store.Key;
import dev.weir.local.store.Kind;
import dev.weir.local.store.ResourceFiles;
import dev.weir.local.store.ResourceWatch;
import dev.weir.operator.kubernetes.Labels;
import dev.weir.operator.wake.JobKey;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

/** The local world as the verbs see it. It is asked only while the world's process runs. */
public final class LocalPlace implements Place {

    /** Versions only grow, so they order what times of one second don't. */
    static final Comparator<HasMetadata> BY_VERSION =
            Comparator.comparing(
                    resource -> Long.parseLong(resource.getMetadata().getResourceVersion()));

    private final LocalHome home;
    private final ResourceFiles files;
    private final JobAdmission admission;

    LocalPlace(LocalHome home, ResourceFiles files, JobAdmission admission) {
        this.home = home;
        this.files = files;
        this.admission = admission;
    }

    /**
     * @throws UnreachableException if the world's process does not run
     */
    public static LocalPlace of(LocalHome home) {
        if (WorldState.read(home).flatMap(WorldState::process).isEmpty()) {
            throw new UnreachableException(
                    "the local world in " + home.root() + " is down: './weir up' starts it", null);
        }
        ResourceFiles files = new ResourceFiles(home.resources());
        return new LocalPlace(home, files, SchemaAdmission.ofTheCommittedSchema());
    }

    @Override
    public String title() {
        return "the local world in " + home.root();
    }

    @Override
    public String defaultNamespace() {
        return "default";
    }

    @Override
    public List<JobDocument> jobs(Scope scope) {
        return switch (scope) {
            case Scope.One(JobKey key) ->
                    files.get(Kind.STREAM_JOBS, Key.of(key)).map(JobDocument::of).stream().toList();
            case Scope.Namespace _, Scope.Everywhere _ ->
                    files.list(Kind.STREAM_JOBS).stream()
                            .filter(job -> within(scope, JobKey.of(job)))
                            .map(JobDocument::of)
                            .toList();
        };
    }

    @Override
    public Admitted apply(JobDocument document) {
        return admit(document.key(), new Admitting.Wish.Apply(document));
    }

    @Override
    public Admitted replace(JobDocument edited, long generation) {
        return admit(edited.key(), new Admitting.Wish.Replace(edited, generation));
    }

    private Admitted admit(JobKey key, Admitting.Wish wish) {
        var admitting = new Admitting(wish, admission);
        Optional<StreamJob> there = files.change(Kind.STREAM_JOBS, Key.of(key), admitting);
        if (admitting.outcome() instanceof Admitted.Created) {
            StorageSecret.ensure(files, key.namespace());
        }
        return there.map(job -> withVersion(admitting.outcome(), JobDocument.of(job)))
                .orElseGet(admitting::outcome);
    }

    /** The store gives a resource its version as it writes it, after the verdict. */
    private static Admitted withVersion(Admitted outcome, JobDocument written) {
        return switch (outcome) {
            case Admitted.Created _ -> new Admitted.Created(written);
            case Admitted.Configured _ -> new Admitted.Configured(written);
            case Admitted.Unchanged _ -> new Admitted.Unchanged(written);
            case Admitted.Refused _, Admitted.Overtaken _ -> outcome;
        };
    }

    @Override
    public boolean delete(JobKey key) {
        AtomicBoolean there = new AtomicBoolean();
        files.change(
                Kind.STREAM_JOBS,
                Key.of(key),
                before -> {
                    there.set(before.isPresent());
                    return before.map(Admitting::deleted).orElseGet(Edit.Keep::new);
                });
        return there.get();
    }

    @Override
    public List<Event> events(JobKey key) {
        return files.list(Kind.EVENTS).stream()
                .filter(event -> event.getRegarding().getName().equals(key.name()))
                .filter(event -> namespace(event).equals(key.namespace()))
                .sorted(BY_VERSION)
                .toList();
    }

    @Override
    public List<Pod> pods(JobKey key) {
        return files.list(Kind.PODS).stream()
                .filter(pod -> namespace(pod).equals(key.namespace()))
                .filter(pod -> key.name().equals(pod.getMetadata().getLabels().get(Labels.JOB)))
                .sorted(Comparator.comparing(pod -> pod.getMetadata().getCreationTimestamp()))
                .toList();
    }

    @Override
    public void logs(Pod pod, Optional<Integer> tail, boolean follow, Predicate<String> line) {
        PodFolder folder =
                PodFolder.of(home.root(), pod.getMetadata().getName(), pod.getMetadata().getUid());
        LogReader.read(
                folder.log(),
                tail,
                line,
                () -> follow && files.get(Kind.PODS, Key.of(pod)).isPresent());
    }

    @Override
    public boolean watch(Scope scope, Optional<Duration> within, Sight seen) {
        BlockingQueue<JobKey> news = new LinkedBlockingQueue<>();
        long deadline = System.nanoTime() + within.map(Duration::toNanos).orElse(0L);
        try (ResourceWatch _ =
                ResourceWatch.start(
                        files,
                        List.of(Kind.STREAM_JOBS),
                        (_, key) -> news.add(new JobKey(key.namespace(), key.name())))) {
            news.addAll(present(scope));
            while (true) {
                JobKey key =
                        within.isEmpty()
                                ? news.take()
                                : news.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (key == null) {
                    return false;
                }
                if (within(scope, key) && seen.sees(key, job(key))) {
                    return true;
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** A single job is news even if it is not there. */
    private List<JobKey> present(Scope scope) {
        return scope instanceof Scope.One(JobKey key)
                ? List.of(key)
                : files.keys(Kind.STREAM_JOBS).stream()
                        .map(key -> new JobKey(key.namespace(), key.name()))
                        .toList();
    }

    private static boolean within(Scope scope, JobKey key) {
        return switch (scope) {
            case Scope.One(JobKey one) -> one.equals(key);
            case Scope.Namespace(String name) -> name.equals(key.namespace());
            case Scope.Everywhere() -> true;
        };
    }

    @Override
    public void close() {
        // Files need no closing.
    }

    private static String namespace(HasMetadata resource) {
        return resource.getMetadata().getNamespace();
    }
}
