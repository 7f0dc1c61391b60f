package dev.weir.operator.plan;

import dev.weir.crds.Reason;
import dev.weir.crds.UpgradeSpec.OnFailure;
import dev.weir.ledger.LedgerView;
import dev.weir.ledger.Rollout.Rejected;
import dev.weir.operator.plan.Desired.Run;
import dev.weir.operator.plan.PodView.Crashing;
import dev.weir.operator.plan.PodView.Up;
import dev.weir.protocol.RuntimeState;
import dev.weir.protocol.RuntimeView;
import java.time.Instant;
import java.util.Optional;

/**
 * Which revision is to run: the spec's, or the last one that was good (rule 9). What it answers is
 * wanted like any spec; the other planners bring it about and know of no rollback.
 *
 * <ol>
 *   <li>What the newest claim rejects is not tried again: the claim's own revision is wanted, until
 *       the spec changes.
 *   <li>A revision that was claimed and has not made a restore point fails when its job keeps
 *       failing or was given up, when its pod crashes again and again, or when the deadline passes.
 *       Then the fallback is wanted. It claims Latest, which is what it left behind itself; should
 *       the failing one complete a checkpoint in the last moment, that one.
 *   <li>The deadline is held against a pod that is heard or gone, never against a silent one.
 *   <li>A fallback of which no program tells how it ran can't be made again; then, and where the
 *       user asked to halt, the failing revision is left to itself.
 *   <li>A revision that did not get so far as to be claimed stopped nothing, so there is nothing to
 *       go back from.
 * </ol>
 */
public final class Rollback {

    private Rollback() {}

    /** The wish as it stands once it is known how the spec's revision fares. */
    public static Desired settle(Desired desired, Observation seen) {
        return new Fleet(desired, seen)
                .term()
                .filter(term -> term.claim().jobUid().equals(desired.job().uid()))
                .filter(_ -> desired.deletionAsked().isEmpty())
                .flatMap(term -> kept(desired, seen, term).or(() -> failed(desired, seen, term)))
                .orElse(desired);
    }

    private static Optional<Desired> kept(Desired desired, Observation seen, LedgerView.Term term) {
        return term.rollout()
                .rejected()
                .filter(rejected -> rejected.revision().equals(desired.run().revision()))
                .flatMap(
                        rejected ->
                                run(seen, term.claim().revision())
                                        .map(run -> desired.inPlaceOf(rejected, run)));
    }

    private static Optional<Desired> failed(
            Desired desired, Observation seen, LedgerView.Term term) {
        var specs = desired.run().revision();
        if (desired.upgrade().onFailure() == OnFailure.HALT
                || desired.suspend()
                || !term.claim().revision().equals(specs)) {
            return Optional.empty();
        }
        return fallback(seen, term)
                .flatMap(
                        run ->
                                why(desired, seen, term)
                                        .map(
                                                cause ->
                                                        desired.inPlaceOf(
                                                                new Rejected(specs, cause), run)));
    }

    /**
     * What is waited for while a revision runs that is not proven; empty: it is, or there is
     * nothing to go back to. At the deadline something is done about it, or it is no matter.
     */
    static Optional<Plan> awaiting(Desired desired, Observation seen, LedgerView.Term term) {
        return fallback(seen, term)
                .map(
                        _ ->
                                new Plan.Await(
                                        Reason.AWAITING_CHECKPOINT,
                                        "",
                                        switch (desired.upgrade().onFailure()) {
                                            case ROLL_BACK -> Optional.of(deadline(desired, term));
                                            case HALT -> Optional.empty();
                                        }));
    }

    /** The revision whose pod and program are kept for as long as the newest one is not proven. */
    static Optional<String> fallback(LedgerView.Term term) {
        return term.proven() ? Optional.empty() : term.rollout().fallback();
    }

    private static Optional<Run> fallback(Observation seen, LedgerView.Term term) {
        return fallback(term).flatMap(revision -> run(seen, revision));
    }

    private static Optional<Run> run(Observation seen, String revision) {
        return seen.runs().stream().filter(run -> run.revision().equals(revision)).findFirst();
    }

    /** By when the revision has to have made a restore point. */
    private static Instant deadline(Desired desired, LedgerView.Term term) {
        return term.rollout()
                .since()
                .plus(desired.run().description().checkpoint().interval())
                .plus(desired.upgrade().deadline());
    }

    /** Why the claimed revision has failed; empty: it has not, as far as is known. */
    private static Optional<String> why(Desired desired, Observation seen, LedgerView.Term term) {
        var owner =
                seen.pods().stream().filter(p -> p.uid().equals(term.claim().podUid())).findFirst();
        return owner.flatMap(pod -> why(pod, seen.now()))
                .or(
                        () ->
                                Optional.of("it took no checkpoint in time")
                                        .filter(_ -> !seen.now().isBefore(deadline(desired, term)))
                                        .filter(_ -> owner.stream().noneMatch(Rollback::isSilent)));
    }

    private static Optional<String> why(PodView pod, Instant now) {
        var said =
                Fleet.view(pod)
                        .flatMap(
                                view ->
                                        view.state() instanceof RuntimeState.GaveUp gaveUp
                                                ? Optional.of(gaveUp.cause())
                                                : Fleet.keepsFailing(view, now)
                                                        .map(RuntimeView.JobFailure::cause));
        return said.or(
                () ->
                        pod.health() instanceof Crashing(var message)
                                ? Optional.of(message)
                                : Optional.empty());
    }

    private static boolean isSilent(PodView pod) {
        return pod.health() instanceof Up && Fleet.view(pod).isEmpty();
    }
}
