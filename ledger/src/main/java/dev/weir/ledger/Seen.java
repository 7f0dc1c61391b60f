package dev.weir.ledger;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.function.Function;

/**
 * What one look at the world gave. {@link Unreachable} is never read as {@link Absent}: not knowing
 * is no reason to start afresh, to delete, or to replace.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "seen")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Seen.Present.class, name = "present"),
    @JsonSubTypes.Type(value = Seen.Absent.class, name = "absent"),
    @JsonSubTypes.Type(value = Seen.Unreachable.class, name = "unreachable")
})
public sealed interface Seen<T> {

    /** The thing is there, and this is what it was when looked at. */
    record Present<T>(T value) implements Seen<T> {}

    /** Whoever knows was asked, and answered that there is no such thing. */
    record Absent<T>() implements Seen<T> {}

    /** Nobody who knows could be asked; {@code cause} is for people. */
    record Unreachable<T>(String cause) implements Seen<T> {}

    static <T> Seen<T> present(T value) {
        return new Present<>(value);
    }

    static <T> Seen<T> absent() {
        return new Absent<>();
    }

    static <T> Seen<T> unreachable(String cause) {
        return new Unreachable<>(cause);
    }

    /**
     * The same look, its value seen through {@code f}; {@code f} itself may find it absent or
     * unreadable.
     */
    default <R> Seen<R> flatMap(Function<T, Seen<R>> f) {
        return switch (this) {
            case Present<T>(var value) -> f.apply(value);
            case Absent<T>() -> absent();
            case Unreachable<T>(var cause) -> unreachable(cause);
        };
    }
}
