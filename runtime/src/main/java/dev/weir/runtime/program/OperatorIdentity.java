package dev.weir.runtime.program;

import java.util.Optional;

/**
 * Who an operator is over edits of its program.
 *
 * @param uid what Flink derives the operator's id from: one for each operator of a graph
 * @param computes fingerprint of what it computes
 * @param filters fingerprint of the conditions that its rows have passed; absent where there are
 *     none. Two revisions that differ only here keep the state, though it was made of other rows
 */
record OperatorIdentity(String uid, String computes, Optional<String> filters) {}
