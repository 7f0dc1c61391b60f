package dev.weir.ledger;

import java.util.Optional;

/**
 * One operator of a term's program, as its claim tells it: whose state that is, and of what it was
 * made. Short, for it is kept for ever: names are cut, and of a digest its head says enough.
 *
 * @param id as Flink's metadata names the operator, 32 hex digits
 * @param name for people
 * @param computes digest of what decides the content of its state, except for filters
 * @param filters digest of the conditions that its rows have passed; absent where there are none
 */
public record ClaimedOperator(String id, String name, String computes, Optional<String> filters) {

    private static final int NAME = 48;
    private static final int DIGEST = 16;

    public ClaimedOperator {
        name = head(name, NAME);
        computes = head(computes, DIGEST);
        filters = filters.map(digest -> head(digest, DIGEST));
    }

    private static String head(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length);
    }
}
