package dev.weir.ledger;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** Which state a claim is asked to begin from. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Start.Latest.class, name = "latest"),
    @JsonSubTypes.Type(value = Start.First.class, name = "first"),
    @JsonSubTypes.Type(value = Start.Explicit.class, name = "explicit")
})
public sealed interface Start {

    /**
     * What the seal's place decides (rule 2). Refused on an empty ledger: unknown state is not
     * fresh state.
     */
    record Latest() implements Start {}

    /**
     * The job's first start: refused unless the ledger is empty or its state was deleted (rules 5
     * and 11).
     */
    record First() implements Start {}

    /**
     * One-shot: taken by the claim that records {@code nonce}; where the nonce is consumed already,
     * Latest (rule 5).
     */
    record Explicit(RestorePoint from, String nonce) implements Start {}
}
