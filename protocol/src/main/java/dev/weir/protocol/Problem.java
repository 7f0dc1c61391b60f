package dev.weir.protocol;

import java.util.Optional;

/**
 * Why a pod is unfit to run its program.
 *
 * @param message what is wrong, in one line and without its full stop
 * @param remedy what the user can do, to be read after "Remedy: ": without capital and full stop;
 *     empty where the kind says all there is
 * @param line of the program's script where it is wrong, from 1
 * @param column of that line, from 1
 */
public record Problem(
        Kind kind,
        String message,
        String remedy,
        Optional<Integer> line,
        Optional<Integer> column) {

    /** What sort of trouble it is; each has its {@code Reason} in the API. */
    public enum Kind {
        /** The program does not parse, compile, or plan. */
        PROGRAM_INVALID,
        /**
         * The program uses what Weir refuses on purpose, such as an unsound connector or a key that
         * Weir owns.
         */
        PROGRAM_REFUSED,
        /**
         * A setting of the job does not hold together, such as memory too small for the state back
         * end.
         */
        CONFIGURATION_INVALID,
        /** The bucket is missing or not to be written with these credentials. */
        STORE_DENIED,
        /** The store answers nothing in time; tried again until it does. */
        STORE_UNREACHABLE,
        /** The store lets two creators win: no job may run on it (rule 12). */
        STORE_UNSOUND,
        /** A topic that the program reads or writes is not there; asked for again until it is. */
        TOPIC_MISSING,
        /** The program's Kafka answers nothing; asked again until it does. */
        KAFKA_UNREACHABLE;

        /** Whether it may pass without anybody touching the job. */
        public boolean passing() {
            return switch (this) {
                case STORE_UNREACHABLE, TOPIC_MISSING, KAFKA_UNREACHABLE -> true;
                case PROGRAM_INVALID,
                        PROGRAM_REFUSED,
                        CONFIGURATION_INVALID,
                        STORE_DENIED,
                        STORE_UNSOUND ->
                        false;
            };
        }
    }

    public static Problem of(Kind kind, String message, String remedy) {
        return new Problem(kind, message, remedy, Optional.empty(), Optional.empty());
    }
}
