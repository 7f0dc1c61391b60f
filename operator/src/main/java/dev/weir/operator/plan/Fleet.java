package dev.weir.operator.plan;

import dev.weir.ledger.LedgerView;
import dev.weir.ledger.Seen;
import dev.weir.ledger.Seen.Present;
import dev.weir.operator.plan.PodView.Dead;
import dev.weir.operator.plan.PodView.Role;
import dev.weir.protocol.RuntimeState;
import dev.weir.protocol.RuntimeView;
import dev.weir.protocol.RuntimeView.JobFailure;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The pods of one observation, sorted by what they are to the planner. An attempt's pods are a set,
 * even where it has one member.
 */
public final class Fleet {

    private static final Comparator<PodView> OLDEST_FIRST =
            Comparator.comparing(PodView::createdAt).thenComparing(PodView::name);

    private final Desired desired;
    private final List<PodView> all;

    public Fleet(Desired desired, Observation seen) {
        this.desired = desired;
        this.all = seen.pods().stream().sorted(OLDEST_FIRST).toList();
    }

    List<PodView> all() {
        return all;
    }

    /** Not deleted, and not beyond help. */
    public List<PodView> live() {
        return which(p -> !p.terminating() && !(p.health() instanceof Dead));
    }

    /** The oldest pod that is beyond help and was not deleted yet. */
    Optional<PodView> dead() {
        return which(p -> !p.terminating() && p.health() instanceof Dead).stream().findFirst();
    }

    /** Live runtime pods of the spec's revision: one that is active first, then the oldest. */
    public List<PodView> current() {
        return live().stream()
                .filter(this::isCurrent)
                .sorted(
                        Comparator.comparing((PodView p) -> -activeTerm(p))
                                .thenComparing(OLDEST_FIRST))
                .toList();
    }

    /** Live runtime pods of other revisions, one that is active first. */
    public List<PodView> outdated() {
        return live().stream()
                .filter(p -> p.role() == Role.STANDALONE && !isCurrent(p))
                .sorted(
                        Comparator.comparing((PodView p) -> -activeTerm(p))
                                .thenComparing(OLDEST_FIRST))
                .toList();
    }

    /**
     * A pod of another revision that can't run and does not own the ledger's newest term: nothing
     * is lost with it, and it takes the room of one that is needed. The owner is kept, as it goes
     * on with its term once it can (rule 4).
     */
    Optional<PodView> superseded() {
        return ledger() instanceof Present<LedgerView>(var ledger)
                ? outdated().stream()
                        .filter(pod -> !owns(pod, ledger) && cannotRun(pod))
                        .findFirst()
                : Optional.empty();
    }

    private static boolean owns(PodView pod, LedgerView ledger) {
        return ledger instanceof LedgerView.Term term && term.claim().podUid().equals(pod.uid());
    }

    private static boolean cannotRun(PodView pod) {
        return view(pod)
                .map(view -> view.state() instanceof RuntimeState.Unfit)
                .orElseGet(() -> cannotStart(pod) || pod.health() instanceof PodView.Crashing);
    }

    /** The kubelet has no container of it to start. */
    static boolean cannotStart(PodView pod) {
        return switch (pod.health()) {
            case PodView.Unschedulable _, PodView.NoImage _, PodView.Misconfigured _ -> true;
            case PodView.Starting _, PodView.Up _, PodView.Crashing _, Dead _ -> false;
        };
    }

    List<PodView> storekeepers() {
        return live().stream().filter(p -> p.role() == Role.STOREKEEPER).toList();
    }

    /**
     * Among live pods, the one that runs the newest term; an older term's is a zombie that will
     * find its seal.
     */
    public Optional<PodView> active() {
        return live().stream()
                .filter(p -> activeTerm(p) > 0)
                .max(Comparator.comparing(Fleet::activeTerm));
    }

    /** The job that runs, unless it only does until it fails again. */
    public Optional<RuntimeState.Running> running(Instant now) {
        return active().flatMap(Fleet::view)
                .filter(view -> keepsFailing(view, now).isEmpty())
                .map(RuntimeView::state)
                .filter(RuntimeState.Running.class::isInstance)
                .map(RuntimeState.Running.class::cast);
    }

    /**
     * The last failure of a job that has failed so often in a row that being started says nothing.
     */
    static Optional<JobFailure> keepsFailing(RuntimeView view, Instant now) {
        return view.lastFailure()
                .filter(failure -> failure.inARow() >= Pods.KEEPS_FAILING)
                .filter(
                        _ ->
                                switch (view.state()) {
                                    case RuntimeState.Running(_, _, var since) ->
                                            now.isBefore(since.plus(JobFailure.SETTLED));
                                    case RuntimeState.Activating _, RuntimeState.Recovering _ ->
                                            true;
                                    case RuntimeState.Preparing _,
                                            RuntimeState.Unfit _,
                                            RuntimeState.Held _,
                                            RuntimeState.Stopping _,
                                            RuntimeState.GaveUp _,
                                            RuntimeState.Ended _ ->
                                            false;
                                });
    }

    /** The ledger's end as the best informed live pod knows it; nobody to ask is Absent. */
    public Seen<LedgerView> ledger() {
        Seen<LedgerView> best = Seen.absent();
        for (var pod : live()) {
            best = better(best, pod.runtime().flatMap(RuntimeView::ledger));
        }
        return best;
    }

    /** The newest term, as far as anybody knows of one. */
    Optional<LedgerView.Term> term() {
        return ledger() instanceof Present<LedgerView>(LedgerView.Term term)
                ? Optional.of(term)
                : Optional.empty();
    }

    private static Seen<LedgerView> better(Seen<LedgerView> one, Seen<LedgerView> other) {
        return switch (one) {
            case Present<LedgerView>(var a) ->
                    other instanceof Present<LedgerView>(var b) && further(b, a) ? other : one;
            case Seen.Unreachable<LedgerView> _ ->
                    other instanceof Present<LedgerView> ? other : one;
            case Seen.Absent<LedgerView>() -> other;
        };
    }

    /**
     * A later term, or more of the same one: a pod that waits has not seen what another wrote
     * since.
     */
    private static boolean further(LedgerView one, LedgerView other) {
        return one.term() != other.term() ? one.term() > other.term() : slots(one) > slots(other);
    }

    private static long slots(LedgerView view) {
        return view instanceof LedgerView.Term t ? t.nextSlot() : 0;
    }

    static long activeTerm(PodView pod) {
        return view(pod).flatMap(v -> v.state().activeTerm()).orElse(0L);
    }

    public static Optional<RuntimeView> view(PodView pod) {
        return pod.runtime() instanceof Present<RuntimeView>(var view)
                ? Optional.of(view)
                : Optional.empty();
    }

    static boolean isHeld(PodView pod) {
        return view(pod).filter(v -> v.state() instanceof RuntimeState.Held).isPresent();
    }

    /** Whether it is a runtime pod of the spec's revision. */
    public boolean isCurrent(PodView pod) {
        return pod.role() == Role.STANDALONE && isOf(pod, desired.run().revision());
    }

    static boolean isOf(PodView pod, String revision) {
        return Names.shortRevision(pod.revision()).equals(Names.shortRevision(revision));
    }

    private List<PodView> which(Predicate<PodView> test) {
        return all.stream().filter(test).toList();
    }
}
