package dev.weir.ledger;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Optional;

/**
 * What a term's program computes, operator by operator, as its claim records it. Bounded: of a
 * larger program the first {@link #MOST} are told, and the others are known by their id alone, as
 * if the claim were of a time when none was told.
 *
 * @param told in the order of the program
 */
public record ClaimedOperators(@JsonValue List<ClaimedOperator> told) {

    public static final int MOST = 256;

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ClaimedOperators {
        told = List.copyOf(told.subList(0, Math.min(told.size(), MOST)));
    }

    public Optional<ClaimedOperator> of(String id) {
        return told.stream().filter(operator -> operator.id().equals(id)).findFirst();
    }
}
