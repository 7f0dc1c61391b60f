package dev.weir.operator;

import dev.weir.crds.Savepoint;
import dev.weir.crds.SavepointStatus;
import dev.weir.operator.execute.Outcome;
import dev.weir.operator.execute.SavepointExecutor;
import dev.weir.operator.kubernetes.SavepointGateway;
import dev.weir.operator.observe.SavepointObserver;
import dev.weir.operator.plan.RecordedSavepoint;
import dev.weir.operator.plan.SavepointAction;
import dev.weir.operator.plan.SavepointPlan;
import dev.weir.operator.plan.SavepointPlanner;
import dev.weir.operator.plan.WantedSavepoint;
import dev.weir.operator.publish.SavepointPublisher;
import dev.weir.operator.report.SavepointProjector;
import dev.weir.operator.wake.JobKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** One pass over one savepoint: observe, plan, execute at most one action, report. */
public final class SavepointPass {

    private static final NextLook NEXT_LOOK = new NextLook(Duration.ofSeconds(10));

    private final SavepointGateway kubernetes;
    private final SavepointObserver observer;
    private final SavepointExecutor executor;
    private final SavepointPublisher publisher;

    public SavepointPass(
            SavepointGateway kubernetes,
            SavepointObserver observer,
            SavepointExecutor executor,
            SavepointPublisher publisher) {
        this.kubernetes = kubernetes;
        this.observer = observer;
        this.executor = executor;
        this.publisher = publisher;
    }

    /** What was decided, and how its job's pods are spoken to. */
    private record Decided(SavepointPlan plan, Duration silence) {}

    /** When to look again though nothing was heard; empty: the usual interval will do. */
    public Optional<Duration> run(Savepoint cached) {
        Savepoint resource = kubernetes.newest(cached);
        Instant began = Instant.now();
        WantedSavepoint wanted = SavepointObserver.wanted(resource);
        JobKey job = SavepointObserver.job(resource);
        Optional<SavepointStatus> before = Optional.ofNullable(resource.getStatus());
        Decided decided = decide(wanted, SavepointProjector.recorded(before), job);
        SavepointPlan plan = decided.plan();
        publisher.metrics().planned(plan, Duration.between(began, Instant.now()));
        Optional<Duration> next = deadline(plan);
        if (plan instanceof SavepointPlan.Act act) {
            Outcome outcome = execute(resource, job, decided.silence(), act.action());
            if (outcome instanceof Outcome.Done && letsGo(wanted, act.action())) {
                publisher.announcer().announce(resource, plan, observer.now());
                return Optional.empty();
            }
            plan = told(act, outcome);
            next = Optional.of(NEXT_LOOK.after(outcome));
        }
        Savepoint newest = kubernetes.newest(resource);
        SavepointStatus projected =
                SavepointProjector.project(before, wanted, plan, observer.now());
        return NEXT_LOOK.after(publisher.publish(newest, projected, plan, observer.now()), next);
    }

    /** How long a wait may still last. */
    private Optional<Duration> deadline(SavepointPlan plan) {
        return plan instanceof SavepointPlan.Await await
                ? await.until().map(at -> Duration.between(observer.now(), at))
                : Optional.empty();
    }

    /** The job is looked at only where the plan turns on it. */
    private Decided decide(WantedSavepoint wanted, RecordedSavepoint recorded, JobKey job) {
        return SavepointPlanner.known(wanted, recorded)
                .map(plan -> new Decided(plan, Duration.ZERO))
                .orElseGet(
                        () -> {
                            var look = observer.look(job);
                            return new Decided(
                                    SavepointPlanner.plan(wanted, recorded, look.scene()),
                                    look.silence());
                        });
    }

    private Outcome execute(
            Savepoint resource, JobKey job, Duration silence, SavepointAction action) {
        Instant began = Instant.now();
        Outcome outcome = executor.execute(resource, job, silence, action);
        publisher.metrics().executed(action, outcome, Duration.between(began, Instant.now()));
        return outcome;
    }

    private static boolean letsGo(WantedSavepoint wanted, SavepointAction action) {
        return wanted.deletionAsked().isPresent()
                && action instanceof SavepointAction.RemoveFinalizer;
    }

    /** What a pod or the API server answered is told with what was tried. */
    private static SavepointPlan told(SavepointPlan.Act act, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done(), Outcome.Overtaken() -> act;
            case Outcome.Refused(String why) -> because(act, why);
            case Outcome.Undecided(String why) -> because(act, why);
        };
    }

    private static SavepointPlan because(SavepointPlan.Act act, String why) {
        String detail = act.detail().isBlank() ? why : act.detail() + ": " + why;
        return new SavepointPlan.Act(act.action(), act.reason(), detail);
    }

    /** The resource is gone: nothing is remembered of it. */
    public void forget(Savepoint gone) {
        kubernetes.forget(gone);
        publisher.forget(gone);
    }
}
