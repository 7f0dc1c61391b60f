package dev.weir.simulation;

import dev.weir.ledger.Bound;
import dev.weir.ledger.ClaimOutcome;
import dev.weir.ledger.ClaimRequest;
import dev.weir.ledger.ClaimedOperator;
import dev.weir.ledger.ClaimedOperators;
import dev.weir.ledger.Claiming;
import dev.weir.ledger.LedgerView;
import dev.weir.ledger.Owned;
import dev.weir.ledger.Rollout.Rejected;
import dev.weir.ledger.Seen;
import dev.weir.ledger.Slot;
import dev.weir.ledger.Start;
import dev.weir.ledger.Step;
import dev.weir.ledger.Walking;
import dev.weir.protocol.Command;
import dev.weir.protocol.Receipt.Outcome;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The runtime's {@code Claimant}: claims terms for one process, by the ledger's own rules. */
final class ModelClaimant {

    private final World world;
    private final PodIdentity pod;
    private final String boot;
    private final StoreLink link;
    private final Bound bound;

    ModelClaimant(World world, PodIdentity pod, String boot, StoreLink link, Bound bound) {
        this.world = world;
        this.pod = pod;
        this.boot = boot;
        this.link = link;
        this.bound = bound;
    }

    /** How a claim ended for this process. */
    sealed interface Attempt {
        record Mine(Owned owned) implements Attempt {}

        record Earlier(Seen<LedgerView> now) implements Attempt {}

        record NotMine(Outcome outcome, String detail, Seen<LedgerView> now) implements Attempt {}
    }

    void claim(Command.Activate command, Consumer<Attempt> then) {
        var request =
                request(command.id(), command.expectedTerm(), command.start(), command.rejects());
        run(Claiming.claim(request, bound), then);
    }

    /** What nobody asked for (rule 4). */
    void resume(long term, Consumer<Attempt> then) {
        var request =
                request("resume/" + boot + "/" + term, term, new Start.Latest(), Optional.empty());
        run(Claiming.resume(request, bound), then);
    }

    void look(Consumer<Seen<LedgerView>> then) {
        link.run(Walking.look(), then);
    }

    private ClaimRequest request(
            String command, long expected, Start start, Optional<Rejected> rejects) {
        return new ClaimRequest(
                command,
                expected,
                start,
                boot,
                world.agenda().now(),
                pod.uid(),
                pod.jobUid(),
                pod.revision(),
                pod.revision(),
                Optional.of(operators(pod.revision())),
                Optional.empty(),
                rejects);
    }

    /** A model's program is told apart from another by its revision alone. */
    private static ClaimedOperators operators(String revision) {
        return new ClaimedOperators(
                List.of(new ClaimedOperator("model", "model", revision, Optional.empty())));
    }

    private void run(Step<ClaimOutcome> claim, Consumer<Attempt> then) {
        link.run(
                claim,
                outcome -> {
                    switch (outcome) {
                        case ClaimOutcome.Won(var owned) -> then.accept(new Attempt.Mine(owned));
                        case ClaimOutcome.AlreadyDone(var term) ->
                                look(now -> then.accept(earlier(term, now)));
                        case ClaimOutcome.Refused(var why, var detail) ->
                                look(
                                        now ->
                                                then.accept(
                                                        new Attempt.NotMine(
                                                                outcome(why), detail, now)));
                        case ClaimOutcome.Undecided(var cause) ->
                                look(
                                        now ->
                                                then.accept(
                                                        new Attempt.NotMine(
                                                                Outcome.FAILED, cause, now)));
                    }
                });
    }

    private Attempt earlier(long term, Seen<LedgerView> now) {
        return now instanceof Seen.Present<LedgerView>(LedgerView.Term t)
                        && t.number() == term
                        && t.claim().writer().equals(boot)
                        && t.nextSlot() == 1
                ? new Attempt.Mine(new Owned(t.claim(), new Slot(term, 1), t.claim().from()))
                : new Attempt.Earlier(now);
    }

    static Outcome outcome(ClaimOutcome.Refusal why) {
        return switch (why) {
            case STALE_TERM, LOST -> Outcome.STALE;
            case RESTORE_POINT_UNREADABLE -> Outcome.UNREADABLE;
            case FOREIGN, ENDED, NOTHING_TO_RESTORE, NOT_EMPTY -> Outcome.REFUSED;
        };
    }
}
