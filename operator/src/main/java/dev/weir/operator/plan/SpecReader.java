package dev.weir.operator.plan;

import dev.weir.crds.CheckpointSpec;
import dev.weir.crds.DeletionSpec.StateOnDeletion;
import dev.weir.crds.DurationText;
import dev.weir.crds.ProgramSpec;
import dev.weir.crds.RestartSpec;
import dev.weir.crds.StateBackend;
import dev.weir.crds.StreamJob;
import dev.weir.crds.StreamJobSpec;
import dev.weir.crds.UpgradeSpec.OnFailure;
import dev.weir.operator.plan.Desired.Job;
import dev.weir.operator.plan.Desired.Run;
import dev.weir.operator.plan.Desired.Upgrade;
import dev.weir.protocol.JobDescription;
import dev.weir.protocol.JobDescription.Backend;
import dev.weir.protocol.JobDescription.Checkpointing;
import dev.weir.protocol.JobDescription.Restart;
import dev.weir.protocol.JobDescription.State;
import dev.weir.protocol.MemoryBudget;
import dev.weir.protocol.OwnedFlinkKeys;
import io.fabric8.kubernetes.api.model.Quantity;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Turns a resource into a {@link Desired}, or into every violation that it holds, not the first
 * alone. What the schema checks already is checked again here: a resource may be older than its
 * schema.
 */
public final class SpecReader {

    /** Room for the revision and a suffix in the 63 characters of a label. */
    private static final int LONGEST_NAME = 40;

    /** Stands for a program that is never run. */
    private static final String NO_PROGRAM = "-- The spec was invalid when the job was deleted.";

    private final OperatorDefaults defaults;
    private final List<Violation> violations = new ArrayList<>();

    private SpecReader(OperatorDefaults defaults) {
        this.defaults = defaults;
    }

    /** What a reading gave. */
    public sealed interface Reading {}

    public record Valid(Desired desired) implements Reading {}

    /** At least one violation, in the order of the spec's fields. */
    public record Invalid(List<Violation> violations) implements Reading {
        public Invalid {
            violations = List.copyOf(violations);
        }
    }

    /**
     * @param field path of the field, as the user wrote it
     * @param message what is wrong with it and what would be right
     */
    public record Violation(String field, String message) {
        @Override
        public String toString() {
            return field + " " + message;
        }
    }

    public static Reading read(StreamJob resource, OperatorDefaults defaults) {
        return new SpecReader(defaults).read(resource);
    }

    /**
     * As {@link #read}, for a resource that is being deleted: of a spec that can't be run it is
     * enough to know where the job's state is, and what is to become of it.
     */
    public static Reading readDeleted(StreamJob resource, OperatorDefaults defaults) {
        var whole = read(resource, defaults);
        var spec = resource.getSpec();
        if (whole instanceof Valid || spec == null) {
            return whole;
        }
        var rest = new StreamJob();
        rest.setMetadata(resource.getMetadata());
        rest.setSpec(
                new StreamJobSpec(
                        new ProgramSpec(NO_PROGRAM),
                        spec.image(),
                        false,
                        1,
                        null,
                        spec.storage(),
                        null,
                        null,
                        null,
                        null,
                        null,
                        spec.deletion(),
                        null));
        return read(rest, defaults);
    }

    private Reading read(StreamJob resource) {
        var meta = resource.getMetadata();
        var job = new Job(meta.getNamespace(), meta.getName(), meta.getUid());
        var spec = resource.getSpec();
        if (spec == null) {
            return new Invalid(List.of(new Violation("spec", "is missing")));
        }
        if (job.name().length() > LONGEST_NAME) {
            refuse(
                    "metadata.name",
                    "must have at most "
                            + LONGEST_NAME
                            + " characters, as pods are named after it");
        }
        var run = run(job, spec);
        var silence =
                duration(
                        "spec.failureDetection.timeout",
                        from(spec.failureDetection(), f -> f.timeout()),
                        "5s");
        var upgrade =
                new Upgrade(
                        duration(
                                "spec.upgrade.deadline",
                                from(spec.upgrade(), u -> u.deadline()),
                                "5m"),
                        from(spec.upgrade(), u -> u.onFailure()).orElse(OnFailure.ROLL_BACK));
        if (run.isEmpty() || !violations.isEmpty()) {
            return new Invalid(violations);
        }
        return new Valid(
                new Desired(
                        job,
                        Optional.ofNullable(meta.getGeneration()).orElse(0L),
                        meta.getFinalizers().contains(StreamJob.FINALIZER),
                        Optional.ofNullable(meta.getDeletionTimestamp()).map(Instant::parse),
                        Boolean.TRUE.equals(spec.suspend()),
                        from(spec.deletion(), d -> d.state()).orElse(StateOnDeletion.RETAIN),
                        silence,
                        upgrade,
                        run.get()));
    }

    private Optional<Run> run(Job job, StreamJobSpec spec) {
        var sql = from(spec.program(), p -> p.sql()).filter(s -> !s.isBlank());
        if (sql.isEmpty()) {
            refuse("spec.program.sql", "must hold at least one INSERT statement");
        }
        var storage = storage(spec);
        var memory = from(spec.resources(), r -> r.memory()).orElse("1Gi");
        var cpu = from(spec.resources(), r -> r.cpu()).orElse("1");
        quantity("spec.resources.cpu", cpu);
        var backend = backend(from(spec.state(), s -> s.backend()).orElse(StateBackend.HASH_MAP));
        var budget = budget(memory, backend);
        var state = new State(backend, from(spec.state(), s -> s.incremental()).orElse(true));
        var flink = flinkConfiguration(spec);
        var checkpoint = checkpoint(Optional.ofNullable(spec.checkpoint()));
        var restart = restart(Optional.ofNullable(spec.restart()));
        var parallelism = Optional.ofNullable(spec.parallelism()).orElse(1);
        if (parallelism < 1) {
            refuse("spec.parallelism", "must be at least 1");
        }
        if (storage.isEmpty() || budget.isEmpty() || sql.isEmpty() || !violations.isEmpty()) {
            return Optional.empty();
        }
        var description =
                new JobDescription(
                        job.namespace(),
                        job.name(),
                        job.uid(),
                        RevisionHash.of(spec, sql.get(), state, checkpoint, restart, flink),
                        place(job, storage.get()),
                        state,
                        checkpoint,
                        restart,
                        parallelism,
                        budget.get(),
                        flink,
                        defaults.commandKeys(),
                        defaults.rollAfter());
        return Optional.of(
                new Run(
                        sql.get(),
                        Optional.ofNullable(spec.image()).orElse(defaults.image()),
                        cpu,
                        memory,
                        storage.get().credentialsSecret(),
                        description));
    }

    private Optional<OperatorDefaults.Storage> storage(StreamJobSpec spec) {
        if (spec.storage() == null) {
            if (defaults.storage().isEmpty()) {
                refuse(
                        "spec.storage",
                        "is required, as the operator was installed without a default storage");
            }
            return defaults.storage();
        }
        var own = spec.storage();
        if (own.uri() == null || !own.uri().startsWith("s3://") || own.uri().endsWith("/")) {
            refuse(
                    "spec.storage.uri",
                    "must be s3://<bucket>/<prefix>, without a slash at its end");
            return Optional.empty();
        }
        // The schema takes prefixes that are no part of a URL, such as one with a space.
        if (uri("spec.storage.uri", own.uri()).isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new OperatorDefaults.Storage(
                        own.uri(),
                        Optional.ofNullable(own.region()).orElse("us-east-1"),
                        Optional.ofNullable(own.endpoint())
                                .flatMap(e -> uri("spec.storage.endpoint", e)),
                        Boolean.TRUE.equals(own.pathStyle()),
                        Optional.ofNullable(own.credentialsSecret())));
    }

    private static JobDescription.Storage place(Job job, OperatorDefaults.Storage storage) {
        return new JobDescription.Storage(
                URI.create(storage.uri() + "/" + job.namespace() + "/" + job.name()),
                storage.region(),
                storage.endpoint(),
                storage.pathStyle());
    }

    private Checkpointing checkpoint(Optional<CheckpointSpec> spec) {
        return new Checkpointing(
                duration("spec.checkpoint.interval", spec.map(CheckpointSpec::interval), "10s"),
                duration("spec.checkpoint.minPause", spec.map(CheckpointSpec::minPause), "0s"),
                duration("spec.checkpoint.timeout", spec.map(CheckpointSpec::timeout), "10m"),
                spec.map(CheckpointSpec::unaligned).orElse(false),
                spec.map(CheckpointSpec::retain).orElse(3));
    }

    private Restart restart(Optional<RestartSpec> spec) {
        return new Restart(
                duration("spec.restart.initialDelay", spec.map(RestartSpec::initialDelay), "1s"),
                duration("spec.restart.maxDelay", spec.map(RestartSpec::maxDelay), "1m"),
                spec.map(RestartSpec::attempts),
                duration("spec.restart.window", spec.map(RestartSpec::window), "1h"));
    }

    private static Backend backend(StateBackend backend) {
        return switch (backend) {
            case HASH_MAP -> Backend.HASH_MAP;
            case ROCKS_DB -> Backend.ROCKS_DB;
        };
    }

    private Optional<MemoryBudget> budget(String memory, Backend backend) {
        return quantity("spec.resources.memory", memory)
                .flatMap(
                        bytes -> {
                            if (bytes < MemoryBudget.least(backend)) {
                                refuse(
                                        "spec.resources.memory",
                                        "is "
                                                + memory
                                                + ", and the JVM with this state back end needs at"
                                                + " least "
                                                + MemoryBudget.least(backend) / (1024 * 1024)
                                                + "Mi; raise it");
                                return Optional.empty();
                            }
                            return Optional.of(MemoryBudget.of(bytes, backend));
                        });
    }

    private TreeMap<String, String> flinkConfiguration(StreamJobSpec spec) {
        var given = new TreeMap<>(Optional.ofNullable(spec.flinkConfiguration()).orElse(Map.of()));
        given.keySet()
                .forEach(
                        key ->
                                OwnedFlinkKeys.inConfiguration(key)
                                        .ifPresent(
                                                owned ->
                                                        refuse(
                                                                "spec.flinkConfiguration",
                                                                "must not set "
                                                                        + key
                                                                        + ", which Weir owns; "
                                                                        + owned.remedy())));
        return given;
    }

    private Optional<Long> quantity(String field, String text) {
        try {
            var amount = Quantity.getAmountInBytes(new Quantity(text));
            if (amount.signum() > 0) {
                return Optional.of(amount.longValue());
            }
        } catch (IllegalArgumentException _) {
            refuse(
                    field,
                    "is "
                            + text
                            + ", which is no Kubernetes quantity; write for example "
                            + (field.endsWith(".cpu") ? "500m" : "1Gi"));
            return Optional.empty();
        }
        refuse(field, "must be more than nothing");
        return Optional.empty();
    }

    private Duration duration(String field, Optional<String> text, String byDefault) {
        var given = text.orElse(byDefault);
        return DurationText.parse(given)
                .orElseGet(
                        () -> {
                            refuse(
                                    field,
                                    "is "
                                            + given
                                            + ", which is no duration; write for example 10s");
                            return Duration.ZERO;
                        });
    }

    private Optional<URI> uri(String field, String text) {
        try {
            return Optional.of(URI.create(text));
        } catch (IllegalArgumentException e) {
            refuse(field, "is no URL: " + e.getMessage());
            return Optional.empty();
        }
    }

    private static <A, B> Optional<B> from(A part, Function<A, B> get) {
        return Optional.ofNullable(part).map(get);
    }

    private void refuse(String field, String message) {
        violations.add(new Violation(field, message));
    }
}
