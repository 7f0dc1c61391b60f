package dev.weir.protocol;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;

/**
 * One server-sent event of {@code GET /v1/events}: its {@code data} is this, as one line of JSON.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
@JsonSubTypes({
    @JsonSubTypes.Type(value = RuntimeEvent.Snapshot.class, name = "snapshot"),
    @JsonSubTypes.Type(value = RuntimeEvent.Heartbeat.class, name = "heartbeat")
})
public sealed interface RuntimeEvent {

    /** Grows by one with each change of the view, within one process. */
    long sequence();

    /** Sent first on every stream, and after each change; a slow reader gets the newest only. */
    record Snapshot(long sequence, RuntimeView view) implements RuntimeEvent {}

    /** Sent every second, whether or not anything changed. */
    record Heartbeat(long sequence, Instant at) implements RuntimeEvent {}
}
