package dev.weir.operator.plan;

import dev.weir.crds.UpgradeSpec.OnFailure;
import dev.weir.ledger.LedgerView;
import dev.weir.ledger.Rollout.Rejected;
import dev.weir.ledger.Seen;
import dev.weir.operator.plan.Desired.Run;
import dev.weir.operator.plan.PodView.Crashing;
import dev.weir.operator.plan.PodView.Dead;
import dev.weir.operator.plan.PodView.Misconfigured;
import dev.weir.operator.plan.PodView.NoImage;
import dev.weir.operator.plan.PodView.Starting;
import dev.weir.operator.plan.PodView.Unschedulable;
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
        if (!(new Fleet(desired, seen).ledger()
                        instanceof Seen.Present<LedgerView>(LedgerView.Term term))
                || !term.claim().jobUid().equals(desired.job().uid())
                || desired.deletionAsked().isPresent()) {
            return desired;
        }
        var specs = desired.run().revision();
        var kept = term.rollout().rejected().filter(r -> r.revision().equals(specs));
        return kept.map(rejected -> inPlace(desired, seen, rejected, term.claim().revision()))
                .or(() -> failed(desired, seen, term))
                .orElse(desired);
    }

    private static Optional<Desired> failed(
            Desired desired, Observation seen, LedgerView.Term term) {
        var specs = desired.run().revision();
        return term.rollout()
                .fallback()
                .filter(_ -> desired.upgrade().onFailure() == OnFailure.ROLL_BACK)
                .filter(_ -> !desired.suspend())
                .filter(_ -> term.claim().revision().equals(specs) && !term.proven())
                .flatMap(
                        fallback ->
                                why(desired, seen, term)
                                        .map(
                                                cause ->
                                                        inPlace(
                                                                desired,
                                                                seen,
                                                                new Rejected(specs, cause),
                                                                fallback)));
    }

    private static Desired inPlace(
            Desired desired, Observation seen, Rejected rejected, String revision) {
        return seen.runs().stream()
                .filter(run -> run.revision().equals(revision))
                .findFirst()
                .map(run -> desired.inPlaceOf(rejected, run))
                .orElse(desired);
    }

    /** Why the claimed revision has failed; empty: it has not, as far as is known. */
    private static Optional<String> why(Desired desired, Observation seen, LedgerView.Term term) {
        var owner =
                seen.pods().stream().filter(p -> p.uid().equals(term.claim().podUid())).findFirst();
        return owner.flatMap(pod -> why(pod, seen.now()))
                .or(
                        () ->
                                deadline(desired, seen, term)
                                        .filter(at -> !seen.now().isBefore(at))
                                        .filter(_ -> owner.stream().noneMatch(Rollback::isSilent))
                                        .map(_ -> "it took no checkpoint in time"));
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
                        switch (pod.health()) {
                            case Crashing(var message) -> Optional.of(message);
                            case Starting _,
                                    Up _,
                                    Unschedulable _,
                                    NoImage _,
                                    Misconfigured _,
                                    Dead _ ->
                                    Optional.empty();
                        });
    }

    private static boolean isSilent(PodView pod) {
        return pod.health() instanceof Up && Fleet.view(pod).isEmpty();
    }

    /**
     * Until when the revision that runs has to have made a restore point; empty: it has, or there
     * is nothing to go back to.
     */
    static Optional<Instant> deadline(Desired desired, Observation seen, LedgerView.Term term) {
        return fallback(term)
                .filter(good -> seen.runs().stream().map(Run::revision).anyMatch(good::equals))
                .map(
                        _ ->
                                term.rollout()
                                        .since()
                                        .plus(desired.run().description().checkpoint().interval())
                                        .plus(desired.upgrade().deadline()));
    }

    /** The revision whose pod and program are kept for as long as the newest one is not proven. */
    static Optional<String> fallback(LedgerView.Term term) {
        return term.proven() ? Optional.empty() : term.rollout().fallback();
    }
}
