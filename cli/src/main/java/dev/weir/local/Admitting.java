package dev.weir.local;

import dev.weir.cli.place.Admitted;
import dev.weir.cli.place.DeniedException;
import dev.weir.cli.place.JobDocument;
import dev.weir.crds.StreamJob;
import dev.weir.local.store.Edit;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * What becomes of a StreamJob that is handed in, as an API server does it: judged by the schema,
 * given its UID and times when it is new, and its generation raised when its spec changes. Status
 * and finalizers are not the user's to write.
 */
final class Admitting implements Function<Optional<StreamJob>, Edit<StreamJob>> {

    private final Wish wish;
    private final JobAdmission admission;
    private Admitted outcome = new Admitted.Overtaken();

    Admitting(Wish wish, JobAdmission admission) {
        this.wish = wish;
        this.admission = admission;
    }

    /** What the user asks for. */
    sealed interface Wish {

        JobDocument document();

        /** The job is to be there, with this spec; labels and annotations are added to its own. */
        record Apply(JobDocument document) implements Wish {}

        /** The job of this generation is to become exactly this. */
        record Replace(JobDocument document, long generation) implements Wish {}
    }

    /** What happened, once it has. */
    Admitted outcome() {
        return outcome;
    }

    @Override
    public Edit<StreamJob> apply(Optional<StreamJob> before) {
        if (before.filter(StreamJob::isMarkedForDeletion).isPresent()) {
            throw new DeniedException(
                    wish.document()
                            + " is being deleted and takes no changes; wait until it is gone, and"
                            + " apply it again");
        }
        if (wish instanceof Wish.Replace(_, long generation)
                && before.map(there -> there.getMetadata().getGeneration())
                        .filter(now -> now == generation)
                        .isEmpty()) {
            return new Edit.Keep<>();
        }
        return switch (admission.judge(wish.document(), before)) {
            case JobAdmission.No(List<String> problems) -> {
                outcome = new Admitted.Refused(problems);
                yield new Edit.Keep<>();
            }
            case JobAdmission.Yes(StreamJob wished) ->
                    before.map(there -> update(there, wished)).orElseGet(() -> create(wished));
        };
    }

    /** A deletion that waits for finalizers, or is done. */
    static Edit<StreamJob> deleted(StreamJob job) {
        ObjectMeta meta = job.getMetadata();
        if (meta.getFinalizers().isEmpty()) {
            return new Edit.Remove<>();
        }
        if (!job.isMarkedForDeletion()) {
            meta.setDeletionTimestamp(now());
            meta.setDeletionGracePeriodSeconds(0L);
            meta.setGeneration(meta.getGeneration() + 1);
        }
        return new Edit.Put<>(job);
    }

    private Edit<StreamJob> create(StreamJob wished) {
        ObjectMeta meta = wished.getMetadata();
        meta.setUid(UUID.randomUUID().toString());
        meta.setCreationTimestamp(now());
        meta.setGeneration(1L);
        wished.setStatus(null);
        outcome = new Admitted.Created(JobDocument.of(wished));
        return new Edit.Put<>(wished);
    }

    private Edit<StreamJob> update(StreamJob there, StreamJob wished) {
        boolean newSpec = !there.getSpec().equals(wished.getSpec());
        ObjectMeta meta = there.getMetadata();
        Map<String, String> labels = texts(meta.getLabels(), wished.getMetadata().getLabels());
        Map<String, String> annotations =
                texts(meta.getAnnotations(), wished.getMetadata().getAnnotations());
        if (!newSpec
                && labels.equals(Objects.requireNonNullElse(meta.getLabels(), Map.of()))
                && annotations.equals(
                        Objects.requireNonNullElse(meta.getAnnotations(), Map.of()))) {
            outcome = new Admitted.Unchanged(JobDocument.of(there));
            return new Edit.Keep<>();
        }
        meta.setLabels(labels);
        meta.setAnnotations(annotations);
        if (newSpec) {
            there.setSpec(wished.getSpec());
            meta.setGeneration(meta.getGeneration() + 1);
        }
        outcome = new Admitted.Configured(JobDocument.of(there));
        return new Edit.Put<>(there);
    }

    private Map<String, String> texts(Map<String, String> there, Map<String, String> wished) {
        Map<String, String> texts = new HashMap<>();
        switch (wish) {
            case Wish.Apply _ -> texts.putAll(Objects.requireNonNullElse(there, Map.of()));
            case Wish.Replace _ -> {
                // Exactly what was written, and nothing besides.
            }
        }
        texts.putAll(Objects.requireNonNullElse(wished, Map.of()));
        return texts;
    }

    private static String now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
