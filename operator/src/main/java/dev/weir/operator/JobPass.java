package dev.weir.operator;

import dev.weir.crds.Reason;
import dev.weir.crds.StreamJob;
import dev.weir.crds.StreamJobStatus;
import dev.weir.operator.execute.Executor;
import dev.weir.operator.execute.Outcome;
import dev.weir.operator.kubernetes.KubernetesGateway;
import dev.weir.operator.observe.Observer;
import dev.weir.operator.plan.Action;
import dev.weir.operator.plan.Desired;
import dev.weir.operator.plan.Observation;
import dev.weir.operator.plan.OperatorDefaults;
import dev.weir.operator.plan.Plan;
import dev.weir.operator.plan.Planner;
import dev.weir.operator.plan.Rollback;
import dev.weir.operator.plan.SpecReader;
import dev.weir.operator.publish.Publisher;
import dev.weir.operator.report.StatusProjector;
import dev.weir.operator.wake.JobKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** One pass over one job: observe, plan, execute at most one action, report. */
public final class JobPass {

    private static final NextLook NEXT_LOOK = new NextLook(Duration.ofSeconds(30));

    private final OperatorDefaults defaults;
    private final KubernetesGateway kubernetes;
    private final Observer observer;
    private final Executor executor;
    private final Publisher publisher;

    public JobPass(
            OperatorDefaults defaults,
            KubernetesGateway kubernetes,
            Observer observer,
            Executor executor,
            Publisher publisher) {
        this.defaults = defaults;
        this.kubernetes = kubernetes;
        this.observer = observer;
        this.executor = executor;
        this.publisher = publisher;
    }

    /** When to look again though nothing was heard; empty: the usual interval will do. */
    public Optional<Duration> run(StreamJob cached) {
        StreamJob resource = kubernetes.newest(cached);
        return switch (read(resource)) {
            case SpecReader.Valid(Desired desired) -> pass(resource, desired);
            case SpecReader.Invalid(List<SpecReader.Violation> violations) ->
                    invalid(resource, violations);
        };
    }

    private SpecReader.Reading read(StreamJob resource) {
        return resource.getMetadata().getDeletionTimestamp() == null
                ? SpecReader.read(resource, defaults)
                : SpecReader.readDeleted(resource, defaults);
    }

    private Optional<Duration> pass(StreamJob resource, Desired asked) {
        Optional<StreamJobStatus> before = Optional.ofNullable(resource.getStatus());
        Instant began = Instant.now();
        Observation seen = observer.observe(asked);
        Desired desired = Rollback.settle(asked, seen);
        Plan plan = Planner.plan(desired, StatusProjector.recorded(before), seen);
        publisher.metrics().planned(plan, Duration.between(began, Instant.now()));
        Plan told = plan;
        Optional<Duration> next = Optional.empty();
        switch (plan) {
            case Plan.Act(Action action, Reason reason, String detail) -> {
                Outcome outcome = execute(resource, desired, action);
                if (outcome instanceof Outcome.Done && action instanceof Action.RemoveFinalizer) {
                    publisher.announcer().announce(resource, plan, seen.now());
                    return Optional.empty();
                }
                told = told(plan, reason, detail, outcome);
                next = Optional.of(NEXT_LOOK.after(outcome));
            }
            case Plan.Await(_, _, Optional<Instant> until) ->
                    next =
                            until.map(
                                    at ->
                                            at.isAfter(seen.now())
                                                    ? Duration.between(seen.now(), at)
                                                    : NextLook.AFTER_ACTION);
            case Plan.Blocked _, Plan.Converged _ -> {
                // What changes that will be heard of.
            }
        }
        StreamJob newest = kubernetes.newest(resource);
        StreamJobStatus projected = StatusProjector.project(before, desired, seen, told);
        return NEXT_LOOK.after(publisher.publish(newest, projected, told, seen.now()), next);
    }

    private Outcome execute(StreamJob resource, Desired desired, Action action) {
        Instant began = Instant.now();
        Outcome outcome = executor.execute(resource, desired, action);
        publisher.metrics().executed(action, outcome, Duration.between(began, Instant.now()));
        return outcome;
    }

    private static Plan told(Plan plan, Reason reason, String detail, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done(), Outcome.Overtaken() -> plan;
            case Outcome.Refused(String why) -> new Plan.Blocked(reason, joined(detail, why));
            case Outcome.Undecided(String why) ->
                    new Plan.Await(reason, joined(detail, why), Optional.empty());
        };
    }

    private static String joined(String detail, String why) {
        return detail.isBlank() ? why : detail + ": " + why;
    }

    private Optional<Duration> invalid(StreamJob resource, List<SpecReader.Violation> violations) {
        Instant now = Instant.now();
        boolean deleted = resource.getMetadata().getDeletionTimestamp() != null;
        if (deleted) {
            Plan plan =
                    Planner.letGo(
                            resource.getMetadata().getFinalizers().contains(StreamJob.FINALIZER));
            publisher.announcer().announce(resource, plan, now);
            return plan instanceof Plan.Act
                    ? Optional.of(NEXT_LOOK.after(executor.release(resource)))
                    : Optional.empty();
        }
        String detail =
                violations.stream()
                        .map(SpecReader.Violation::toString)
                        .collect(Collectors.joining("; "));
        StreamJobStatus projected =
                StatusProjector.invalid(
                        Optional.ofNullable(resource.getStatus()),
                        resource.getMetadata().getGeneration(),
                        violations,
                        now);
        Plan plan = new Plan.Blocked(Reason.SPEC_INVALID, detail);
        return NEXT_LOOK.after(publisher.publish(resource, projected, plan, now), Optional.empty());
    }

    /** The resource is gone: nothing is remembered of it. */
    public void forget(StreamJob gone) {
        observer.forget(JobKey.of(gone));
        kubernetes.forget(gone);
        publisher.forget(gone);
    }
}
