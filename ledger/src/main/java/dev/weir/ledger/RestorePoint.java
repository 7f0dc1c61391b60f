package dev.weir.ledger;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/**
 * Where a term's state comes from. Locations are absolute URIs of the directory that holds {@code
 * _metadata}.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = RestorePoint.Fresh.class, name = "fresh"),
    @JsonSubTypes.Type(value = RestorePoint.Checkpoint.class, name = "checkpoint"),
    @JsonSubTypes.Type(value = RestorePoint.Savepoint.class, name = "savepoint")
})
public sealed interface RestorePoint {

    /** Empty state: sources begin where their own options say. */
    record Fresh() implements RestorePoint {}

    /** A checkpoint that Flink took by itself and that the ledger holds. */
    record Checkpoint(long id, String location) implements RestorePoint {}

    /** A savepoint: the one that closed a term, or one that the user named. */
    record Savepoint(long id, String location) implements RestorePoint {}

    /** The checkpoint id in it; 0 for an empty state, as Flink's ids begin at 1. */
    default long lastId() {
        return switch (this) {
            case Fresh() -> 0;
            case Checkpoint(var id, _) -> id;
            case Savepoint(var id, _) -> id;
        };
    }
}
