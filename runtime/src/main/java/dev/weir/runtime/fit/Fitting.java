package dev.weir.runtime.fit;

import dev.weir.ledger.ClaimedOperator;
import dev.weir.ledger.ClaimedOperators;
import dev.weir.ledger.RestorePoint;
import dev.weir.protocol.RuntimeView.Operator;
import dev.weir.protocol.RuntimeView.Prepared;
import dev.weir.protocol.StateFit;
import dev.weir.protocol.StateFit.Changed;
import dev.weir.protocol.StateFit.Dropped;
import dev.weir.protocol.StateFit.Finding;
import dev.weir.protocol.StateFit.Kept;
import dev.weir.protocol.StateFit.MaxParallelism;
import dev.weir.protocol.StateFit.New;
import dev.weir.protocol.StateFit.Refiltered;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Holds a compiled program against a restore point, without running anything.
 *
 * <ol>
 *   <li>Operators are matched by their ids. One that only the program has is new.
 *   <li>State under an id whose maker computed something else there is changed: the engine would
 *       take it without a word. Other filters alone leave the state what it is.
 *   <li>Where nobody recorded what the maker computed, or the program does not say, the id alone
 *       decides: Weir derives the ids of SQL programs from what is computed.
 *   <li>The parts that a state is kept in never change: a program that asks for another number, or
 *       runs wider than there are parts, is refused by the engine, state or no state.
 *   <li>An operator that only the restore point has is dropped if it has state, and nothing
 *       otherwise.
 * </ol>
 */
public final class Fitting {

    private final Map<String, StoredOperator> stored;
    private final Optional<ClaimedOperators> made;

    private Fitting(List<StoredOperator> stored, Optional<ClaimedOperators> made) {
        this.stored =
                stored.stream()
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        StoredOperator::id, Function.identity()));
        this.made = made;
    }

    /**
     * @param stored what is in the restore point
     * @param made what the program computed that made it; empty where nobody recorded it
     */
    public static StateFit compare(
            RestorePoint with,
            Prepared program,
            List<StoredOperator> stored,
            Optional<ClaimedOperators> made) {
        var fitting = new Fitting(stored, made);
        Stream<Finding> dropped = dropped(program, stored);
        return new StateFit(
                with,
                Stream.concat(program.operators().stream().map(fitting::of), dropped).toList());
    }

    private Finding of(Operator operator) {
        return Optional.ofNullable(stored.get(operator.id()))
                .map(state -> of(operator, state))
                .orElseGet(() -> new New(operator.id(), operator.name()));
    }

    private Finding of(Operator operator, StoredOperator state) {
        Finding kept = state.hasState() ? content(operator) : kept(operator);
        return kept instanceof Changed ? kept : width(operator, state).orElse(kept);
    }

    /** Rules 2 and 3. */
    private Finding content(Operator operator) {
        Optional<ClaimedOperator> before = made.flatMap(known -> known.of(operator.id()));
        Optional<ClaimedOperator> now = operator.claimed();
        if (before.isEmpty() || now.isEmpty()) {
            return kept(operator);
        }
        if (!before.get().computes().equals(now.get().computes())) {
            return new Changed(operator.id(), operator.name());
        }
        return before.get().filters().equals(now.get().filters())
                ? kept(operator)
                : new Refiltered(operator.id(), operator.name());
    }

    private static Finding kept(Operator operator) {
        return new Kept(operator.id(), operator.name());
    }

    /** Rule 4. */
    private static Optional<Finding> width(Operator operator, StoredOperator state) {
        int restored = state.maxParallelism();
        int wanted =
                operator.parallelism() > restored
                        ? operator.parallelism()
                        : operator.maxParallelism().orElse(restored);
        return wanted == restored
                ? Optional.empty()
                : Optional.of(new MaxParallelism(operator.id(), operator.name(), restored, wanted));
    }

    /** Rule 5. */
    private static Stream<Finding> dropped(Prepared program, List<StoredOperator> stored) {
        Set<String> ids =
                program.operators().stream().map(Operator::id).collect(Collectors.toSet());
        return stored.stream()
                .filter(state -> state.hasState() && !ids.contains(state.id()))
                .map(state -> new Dropped(state.id(), state.name()));
    }
}
