package dev.weir.runtime;

/**
 * How the process ends when it must not do one thing more. The real one stops the JVM without
 * running a single further instruction of Flink's; {@link #now} never returns.
 */
@FunctionalInterface
public interface Halt {

    /** Why, as the container's exit code. */
    enum Code {
        /**
         * Another owns the job now (rule 1). Starting again in place is right: the pod waits Held.
         */
        FENCED(42),
        /** The store did not say whether a record was written (rule 1). */
        UNDECIDED(43),
        /** The coordinator or the worker died (rule 13). */
        ENGINE_LOST(44),
        /** The term is closed, and the job ended before its sinks had committed (rule 8). */
        UNFINISHED(45),
        /**
         * The store refuses the credentials that the process was started with, and the Secret holds
         * others now: the next process takes them.
         */
        NEW_CREDENTIALS(47),
        /** The pod was told to end, and does so at once: whatever counts is in the ledger. */
        TERMINATED(143),
        /** A fault of this program. */
        FAULT(46),
        /** The pod was made wrong: no description, no UID. */
        MISCONFIGURED(64);

        private final int number;

        Code(int number) {
            this.number = number;
        }

        public int number() {
            return number;
        }
    }

    /**
     * Ends the process; the error it declares lets callers say {@code throw halt.now(…)} where a
     * value is due.
     */
    Error now(Code code, String why);

    /** The real one. */
    static Halt ofTheJvm() {
        return (code, why) -> {
            // No logger: it may be the very thread or lock that is stuck.
            System.err.println("HALT " + code + " (" + code.number() + "): " + why);
            System.err.flush();
            Runtime.getRuntime().halt(code.number());
            return new Error(why);
        };
    }
}
