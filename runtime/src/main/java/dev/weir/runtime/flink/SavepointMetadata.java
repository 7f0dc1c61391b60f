package dev.weir.runtime.flink;

import dev.weir.protocol.SavepointFormat;
import dev.weir.protocol.SavepointView;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.checkpoint.metadata.CheckpointMetadata;
import org.apache.flink.runtime.state.filesystem.AbstractFsCheckpointStorageAccess;
import org.apache.flink.runtime.util.EnvironmentInformation;

/**
 * What a complete savepoint's metadata tells of it; the state itself stays where it is.
 *
 * @param bytes of all state
 * @param operators with state, the largest first, at most {@link SavepointView#MAX_OPERATORS}
 */
public record SavepointMetadata(
        long checkpointId, long bytes, List<SavepointView.OperatorState> operators) {

    /**
     * @param location of the directory that holds the metadata
     */
    public static SavepointMetadata read(String location) throws IOException {
        var found = AbstractFsCheckpointStorageAccess.resolveCheckpointPointer(location);
        try (var in =
                new DataInputStream(
                        new BufferedInputStream(found.getMetadataHandle().openInputStream()))) {
            CheckpointMetadata metadata =
                    Checkpoints.loadCheckpointMetadata(
                            in,
                            SavepointMetadata.class.getClassLoader(),
                            found.getExternalPointer());
            return new SavepointMetadata(
                    metadata.getCheckpointId(),
                    metadata.getOperatorStates().stream()
                            .mapToLong(OperatorState::getStateSize)
                            .sum(),
                    metadata.getOperatorStates().stream()
                            .map(SavepointMetadata::operator)
                            .filter(operator -> operator.bytes() > 0)
                            .sorted(
                                    Comparator.comparing(SavepointView.OperatorState::bytes)
                                            .reversed()
                                            .thenComparing(SavepointView.OperatorState::id))
                            .limit(SavepointView.MAX_OPERATORS)
                            .toList());
        }
    }

    private static SavepointView.OperatorState operator(OperatorState state) {
        String id = state.getOperatorID().toHexString();
        return new SavepointView.OperatorState(
                id,
                state.getOperatorName().or(state::getOperatorUid).orElse(id),
                state.getParallelism(),
                state.getMaxParallelism(),
                state.getStateSize());
    }

    /** Of the Flink that takes savepoints in this process. */
    public static String flinkVersion() {
        return EnvironmentInformation.getVersion();
    }

    static SavepointFormatType type(SavepointFormat format) {
        return switch (format) {
            case CANONICAL -> SavepointFormatType.CANONICAL;
            case NATIVE -> SavepointFormatType.NATIVE;
        };
    }
}
