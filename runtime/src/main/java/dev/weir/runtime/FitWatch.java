package dev.weir.runtime;

import dev.weir.ledger.LedgerView;
import dev.weir.ledger.RestorePoint;
import dev.weir.ledger.Seen;
import dev.weir.protocol.RuntimeView.Prepared;
import dev.weir.protocol.StateFit;
import dev.weir.runtime.control.StatusBoard;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Tells on the board how the held program goes together with the restore point that a claim would
 * take now.
 *
 * <ol>
 *   <li>A pod that becomes Held compares at once. Whoever decides whether the job that runs may be
 *       stopped for this program decides after that, and finds the answer there.
 *   <li>The program whose checkpoints these are, what kind of restore point it is, and whether the
 *       term is over: when one of them is another than it was, it compares anew. The savepoint that
 *       closes the term and the state of another program are never judged by an earlier one.
 *   <li>A checkpoint more of the same term says the same but for an operator that has its first
 *       state, so it is looked at once a minute and not each time.
 *   <li>What could not be compared is told with its cause, and tried again at the next look.
 *   <li>An activation waits for none of this.
 * </ol>
 *
 * <p>Belongs to the driver's thread; it reads on one of its own, one restore point at a time.
 */
final class FitWatch {

    private static final Duration OFTEN_ENOUGH = Duration.ofMinutes(1);

    /** What the program was held against, and when. */
    record Compared(LedgerView with, Instant at) {

        /** Rules 2 and 3. */
        boolean standsFor(LedgerView now, Instant when) {
            RestorePoint before = StateComparison.latest(with);
            RestorePoint newest = StateComparison.latest(now);
            return before.equals(newest)
                    || madeIn(with).equals(madeIn(now))
                            && before.getClass() == newest.getClass()
                            && isOpen(now)
                            && when.isBefore(at.plus(OFTEN_ENOUGH));
        }

        private static Optional<Long> madeIn(LedgerView view) {
            return view instanceof LedgerView.Term term ? term.madeIn() : Optional.empty();
        }

        private static boolean isOpen(LedgerView view) {
            return view instanceof LedgerView.Term term && term.end() instanceof LedgerView.Open;
        }
    }

    private final StatusBoard board;
    private final StateComparison comparison;
    private final DriverThread thread;
    private final Clock clock;
    private Optional<Compared> newest = Optional.empty();
    private boolean underWay;

    FitWatch(StatusBoard board, StateComparison comparison, DriverThread thread, Clock clock) {
        this.board = board;
        this.comparison = comparison;
        this.thread = thread;
        this.clock = clock;
    }

    /** The pod waits, and this is the ledger's end as it was just read. */
    void consider(Prepared program, LedgerView view) {
        Instant now = clock.instant();
        if (underWay || newest.filter(known -> known.standsFor(view, now)).isPresent()) {
            return;
        }
        underWay = true;
        Thread.ofPlatform()
                .name("state-fit")
                .daemon()
                .start(
                        () -> {
                            Seen<StateFit> fit = comparison.of(program, view);
                            thread.run(() -> tell(new Compared(view, now), fit));
                        });
    }

    private void tell(Compared compared, Seen<StateFit> fit) {
        underWay = false;
        newest = fit instanceof Seen.Present ? Optional.of(compared) : Optional.empty();
        board.update(view -> view.fit(fit));
    }
}
