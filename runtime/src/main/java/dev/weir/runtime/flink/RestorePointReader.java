package dev.weir.runtime.flink;

import dev.weir.ledger.RestorePoint;
import dev.weir.runtime.fit.StoredOperator;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.List;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.filesystem.AbstractFsCheckpointStorageAccess;

/** Reads what a restore point's metadata tells of its operators; their state stays where it is. */
public final class RestorePointReader {

    private RestorePointReader() {}

    public static List<StoredOperator> operators(RestorePoint from) throws IOException {
        return switch (from) {
            case RestorePoint.Fresh() -> List.of();
            case RestorePoint.Checkpoint(_, var location) -> at(location);
            case RestorePoint.Savepoint(_, var location) -> at(location);
        };
    }

    private static List<StoredOperator> at(String location) throws IOException {
        var found = AbstractFsCheckpointStorageAccess.resolveCheckpointPointer(location);
        try (var in =
                new DataInputStream(
                        new BufferedInputStream(found.getMetadataHandle().openInputStream()))) {
            return Checkpoints.loadCheckpointMetadata(
                            in,
                            RestorePointReader.class.getClassLoader(),
                            found.getExternalPointer())
                    .getOperatorStates()
                    .stream()
                    .map(RestorePointReader::operator)
                    .toList();
        }
    }

    private static StoredOperator operator(OperatorState state) {
        String id = state.getOperatorID().toHexString();
        boolean hasState =
                state.getCoordinatorState() != null
                        || state.getStates().stream().anyMatch(OperatorSubtaskState::hasState);
        return new StoredOperator(
                id,
                state.getOperatorName().or(state::getOperatorUid).orElse(id),
                hasState,
                state.getMaxParallelism());
    }
}
