package dev.weir.runtime.flink;

import java.util.Map;
import java.util.Optional;

/** What the engine pushes about a running job; what Weir has no use for is left out. */
public sealed interface EngineEvent {

    /** The job was handed to the engine; it has so many subtasks in all. */
    record Submitted(int subtasks) implements EngineEvent {}

    /** Every task runs: Flink's own job status RUNNING comes up to 0.6 s earlier. */
    record AllTasksRun() implements EngineEvent {}

    /** A savepoint of a user's, not of a stop, is the one of this id; told before its trigger. */
    record SavepointIdentified(long id, String directory) implements EngineEvent {}

    /** A checkpoint or savepoint was decided on; its barriers are about to be sent. */
    record CheckpointTriggered(long id, boolean savepoint) implements EngineEvent {}

    /** A checkpoint's or savepoint's barrier has reached a subtask, which begins to write. */
    record BarrierArrived(long id) implements EngineEvent {}

    /** All tasks have written their state; the metadata is being written. */
    record CheckpointCompleting(long id, boolean savepoint) implements EngineEvent {}

    /** A checkpoint is complete and its record in the ledger. */
    record CheckpointCompleted(long id, long bytes) implements EngineEvent {}

    record CheckpointFailed(long id) implements EngineEvent {}

    /** Reads an event of Flink's; empty if it is of no use. */
    static Optional<EngineEvent> of(String name, Map<String, ?> attributes) {
        return switch (name) {
            case "AllSubtasksStatusChangeEvent" ->
                    "ALL_RUNNING_OR_FINISHED".equals(attributes.get("status"))
                            ? Optional.of(new AllTasksRun())
                            : Optional.empty();
            case "CheckpointEvent" -> checkpoint(attributes);
            default -> Optional.empty();
        };
    }

    private static Optional<EngineEvent> checkpoint(Map<String, ?> attributes) {
        long id = number(attributes.get("checkpointId"));
        return switch (String.valueOf(attributes.get("checkpointStatus"))) {
            case "COMPLETED" ->
                    Optional.of(new CheckpointCompleted(id, number(attributes.get("fullSize"))));
            case "FAILED" -> Optional.of(new CheckpointFailed(id));
            default -> Optional.empty();
        };
    }

    private static long number(Object attribute) {
        return attribute == null ? 0 : Long.parseLong(attribute.toString());
    }
}
