package dev.weir.cli.kubernetes;

import dev.weir.cli.place.Admitted;
import dev.weir.cli.place.DeniedException;
import dev.weir.cli.place.JobDocument;
import dev.weir.cli.place.Place;
import dev.weir.cli.place.Scope;
import dev.weir.cli.show.EventLines;
import dev.weir.crds.StreamJob;
import dev.weir.operator.kubernetes.Labels;
import dev.weir.operator.wake.JobKey;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.dsl.FieldValidateable.Validation;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A Kubernetes cluster with the StreamJobs of its API server, which alone says what is valid: it is
 * asked to be strict, and its words are passed on. Nothing is polled; what changes is watched.
 */
public final class ClusterPlace implements Place {

    /** Others may write at the same moment; nobody writes without end. */
    private static final int ATTEMPTS = 5;

    private static final String NAME_FIELD = "metadata.name";
    private static final ResourceDefinitionContext JOBS =
            new ResourceDefinitionContext.Builder()
                    .withGroup(StreamJob.GROUP)
                    .withVersion(StreamJob.VERSION)
                    .withKind(StreamJob.KIND)
                    .withPlural("streamjobs")
                    .withNamespaced(true)
                    .build();

    private final KubernetesClient client;
    private final String title;
    private final ApiErrors errors;

    ClusterPlace(KubernetesClient client, String title) {
        this.client = client;
        this.title = title;
        this.errors = new ApiErrors(title);
    }

    /**
     * @param context of the kubeconfig; empty: its current one
     * @param files of the kubeconfig; none: that of the pod that this runs in
     */
    static ClusterPlace open(Optional<String> context, List<Path> files) {
        var connection = Connection.of(context, files);
        return new ClusterPlace(connection.client(), connection.title());
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public String defaultNamespace() {
        return Optional.ofNullable(client.getConfiguration().getNamespace()).orElse("default");
    }

    @Override
    public List<JobDocument> jobs(Scope scope) {
        return answer(() -> in(scope).list().getItems()).stream()
                .map(JobDocument::of)
                .sorted(
                        Comparator.comparing((JobDocument job) -> job.key().namespace())
                                .thenComparing(job -> job.key().name()))
                .toList();
    }

    @Override
    public Admitted apply(JobDocument document) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            var there = job(document.key());
            var admitted =
                    there.isEmpty()
                            ? create(document.written())
                            : update(there.get(), document.withTagsOf(there.get()));
            if (!(admitted instanceof Admitted.Overtaken)) {
                return admitted;
            }
        }
        return new Admitted.Overtaken();
    }

    @Override
    public Admitted replace(JobDocument edited, long generation) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            var there = job(edited.key());
            if (there.isEmpty() || there.get().generation() != generation) {
                return new Admitted.Overtaken();
            }
            var admitted = update(there.get(), edited);
            if (!(admitted instanceof Admitted.Overtaken)) {
                return admitted;
            }
        }
        return new Admitted.Overtaken();
    }

    @Override
    public boolean delete(JobKey key) {
        return !answer(() -> one(key).delete()).isEmpty();
    }

    @Override
    public List<Event> events(JobKey key) {
        var names = new ArrayList<String>();
        names.add(key.name());
        pods(key).forEach(pod -> names.add(pod.getMetadata().getName()));
        return names.stream()
                .flatMap(name -> events(key.namespace(), name).stream())
                .sorted(Comparator.comparing(e -> EventLines.last(e).orElse(Instant.EPOCH)))
                .toList();
    }

    @Override
    public List<Pod> pods(JobKey key) {
        return answer(
                        () ->
                                client.pods()
                                        .inNamespace(key.namespace())
                                        .withLabel(Labels.JOB, key.name())
                                        .list()
                                        .getItems())
                .stream()
                .sorted(Comparator.comparing(pod -> pod.getMetadata().getCreationTimestamp()))
                .toList();
    }

    @Override
    public void logs(Pod pod, Optional<Integer> tail, boolean follow, Predicate<String> line) {
        new PodLog(client, errors).read(pod, tail, follow, line);
    }

    @Override
    public boolean watch(Scope scope, Optional<Duration> within, Sight seen) {
        return new JobWatch(new Stream(scope), scope, seen, JobWatch.PATIENCE).run(within);
    }

    @Override
    public void close() {
        client.close();
    }

    private Admitted create(JobDocument document) {
        return write(
                () ->
                        new Admitted.Created(
                                JobDocument.of(
                                        resource(document)
                                                .fieldValidation(Validation.STRICT)
                                                .create())));
    }

    /** The version of what was seen goes with it, so that nobody else's change is lost. */
    private Admitted update(JobDocument there, JobDocument document) {
        if (there.isBeingDeleted()) {
            throw new DeniedException(
                    "it is being deleted; 'wait "
                            + there.key().name()
                            + " --for=deleted', then try again");
        }
        return write(
                () -> {
                    var now =
                            JobDocument.of(
                                    resource(document.inPlaceOf(there))
                                            .fieldValidation(Validation.STRICT)
                                            .update());
                    return now.version().equals(there.version())
                            ? new Admitted.Unchanged(now)
                            : new Admitted.Configured(now);
                });
    }

    private Admitted write(Supplier<Admitted> write) {
        try {
            return write.get();
        } catch (KubernetesClientException e) {
            if (ApiErrors.isConflict(e)) {
                return new Admitted.Overtaken();
            }
            var problems = ApiErrors.problems(e);
            if (problems.isEmpty()) {
                throw errors.meaning(e);
            }
            return new Admitted.Refused(problems);
        }
    }

    private List<Event> events(String namespace, String regarding) {
        return answer(
                () ->
                        client.events()
                                .v1()
                                .events()
                                .inNamespace(namespace)
                                .withField("regarding.name", regarding)
                                .list()
                                .getItems());
    }

    private Resource<GenericKubernetesResource> resource(JobDocument document) {
        return client.genericKubernetesResources(JOBS)
                .inNamespace(document.key().namespace())
                .resource(document.as(GenericKubernetesResource.class));
    }

    private Resource<GenericKubernetesResource> one(JobKey key) {
        return client.genericKubernetesResources(JOBS)
                .inNamespace(key.namespace())
                .withName(key.name());
    }

    private FilterWatchListDeletable<
                    GenericKubernetesResource,
                    GenericKubernetesResourceList,
                    Resource<GenericKubernetesResource>>
            in(Scope scope) {
        var jobs = client.genericKubernetesResources(JOBS);
        return switch (scope) {
            case Scope.Everywhere() -> jobs.inAnyNamespace();
            case Scope.Namespace(var name) -> jobs.inNamespace(name);
            case Scope.One(var key) ->
                    jobs.inNamespace(key.namespace()).withField(NAME_FIELD, key.name());
        };
    }

    private <T> T answer(Supplier<T> question) {
        try {
            return question.get();
        } catch (KubernetesClientException e) {
            throw errors.meaning(e);
        }
    }

    /** The cluster's jobs as a watch wants them. */
    private final class Stream implements JobWatch.JobStream {

        private final Scope scope;

        Stream(Scope scope) {
            this.scope = scope;
        }

        @Override
        public JobWatch.Listed list() {
            var list = answer(() -> in(scope).list());
            var jobs = new LinkedHashMap<JobKey, JobDocument>();
            list.getItems().stream().map(JobDocument::of).forEach(job -> jobs.put(job.key(), job));
            return new JobWatch.Listed(jobs, list.getMetadata().getResourceVersion());
        }

        @Override
        public AutoCloseable open(String sinceVersion, Watcher<GenericKubernetesResource> watcher) {
            var since = new ListOptionsBuilder().withResourceVersion(sinceVersion).build();
            return answer(() -> in(scope).watch(since, watcher));
        }
    }
}
