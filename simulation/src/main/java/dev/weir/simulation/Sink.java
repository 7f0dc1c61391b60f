package dev.weir.simulation;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A transactional system that the job writes to, such as a broker. It also counts: what is
 * committed of one origin must be every record once, in order.
 *
 * <ul>
 *   <li>A writer that starts takes the transactional ids back: all that is not committed and not
 *       among what it restores is aborted, whoever began it.
 *   <li>A commit may be repeated.
 *   <li>A transaction that is not committed for too long expires.
 * </ul>
 */
final class Sink {

    static final long EXPIRY = 3_600_000;

    /** Which of whose transactions. */
    record Id(String writer, long number) {}

    private enum State {
        OPEN,
        PREPARED,
        COMMITTED,
        ABORTED
    }

    private static final class Transaction {
        private final String origin;
        private final long from;
        private final long since;
        private long to;
        private State state = State.OPEN;

        private Transaction(String origin, long from, long since) {
            this.origin = origin;
            this.from = from;
            this.since = since;
        }
    }

    private final World world;
    private final Map<Id, Transaction> transactions = new LinkedHashMap<>();
    private final Map<String, Long> committed = new HashMap<>();
    private String newestOrigin = "";

    Sink(World world) {
        this.world = world;
    }

    void begin(Id id, String origin, long from) {
        expire();
        if (!committed.containsKey(origin)) {
            committed.put(origin, from);
            newestOrigin = origin;
        }
        transactions.put(id, new Transaction(origin, from, world.agenda().millis()));
    }

    /**
     * The barrier has come.
     *
     * @return false if the transaction was aborted: the writer has been fenced
     */
    boolean prepare(Id id, long to) {
        var transaction = transactions.get(id);
        if (transaction.state != State.OPEN) {
            return false;
        }
        transaction.to = to;
        transaction.state = State.PREPARED;
        return true;
    }

    void commit(Id id) {
        expire();
        var t = transactions.get(id);
        switch (t.state) {
            case COMMITTED -> {
                // The restored one was committed before its checkpoint was restored.
            }
            case OPEN -> throw new IllegalStateException(id + " is committed before its barrier");
            case ABORTED -> {
                // The output of a job that was deleted with its state is nobody's any more.
                if (t.origin.equals(newestOrigin)) {
                    throw Invariant.OUTPUT_AT_LEAST_ONCE.broken(
                            range(t) + " was prepared and appended, and then aborted: " + id);
                }
            }
            case PREPARED -> commit(id, t);
        }
    }

    private void commit(Id id, Transaction t) {
        long frontier = committed.get(t.origin);
        if (t.from < frontier) {
            throw Invariant.OUTPUT_AT_MOST_ONCE.broken(
                    range(t) + " of " + id + " after all up to " + frontier);
        }
        if (t.from > frontier) {
            throw Invariant.OUTPUT_AT_LEAST_ONCE.broken(
                    range(t) + " of " + id + " where " + frontier + " is next");
        }
        t.state = State.COMMITTED;
        committed.put(t.origin, t.to);
        world.trace().event("sink", "committed " + range(t));
    }

    /** A writer starts. */
    void takeBack(Collection<Id> restored) {
        transactions.forEach(
                (id, t) -> {
                    if (isUndecided(t) && !restored.contains(id)) {
                        t.state = State.ABORTED;
                        world.trace().event("sink", "aborted " + range(t) + " of " + id);
                    }
                });
    }

    void expire() {
        var limit = world.agenda().millis() - EXPIRY;
        transactions.forEach(
                (id, t) -> {
                    if (isUndecided(t) && t.since < limit) {
                        t.state = State.ABORTED;
                        world.faults().struck(Fault.TRANSACTION_EXPIRED, "sink " + id);
                    }
                });
    }

    boolean isCommitted(Id id) {
        return transactions.get(id).state == State.COMMITTED;
    }

    /** How far the newest origin's output has come. */
    long frontier() {
        return committed.getOrDefault(newestOrigin, 0L);
    }

    private static boolean isUndecided(Transaction t) {
        return t.state == State.OPEN || t.state == State.PREPARED;
    }

    private static String range(Transaction t) {
        return "[" + t.from + ", " + t.to + ")";
    }
}
