package dev.weir.runtime.flink;

import java.io.IOException;
import org.apache.flink.runtime.checkpoint.filemerging.FileMergingSnapshotManager;
import org.apache.flink.runtime.execution.Environment;
import org.apache.flink.runtime.state.CheckpointStateOutputStream;
import org.apache.flink.runtime.state.CheckpointStateToolset;
import org.apache.flink.runtime.state.CheckpointStorageAccess;
import org.apache.flink.runtime.state.CheckpointStorageLocation;
import org.apache.flink.runtime.state.CheckpointStorageLocationReference;
import org.apache.flink.runtime.state.CheckpointStorageWorkerView;
import org.apache.flink.runtime.state.CheckpointStreamFactory;
import org.apache.flink.runtime.state.CompletedCheckpointStorageLocation;

/**
 * One job's storage, whose new checkpoints and closing savepoint are appended to the job's term;
 * the rest passes through.
 */
final class AppendingAccess implements CheckpointStorageAccess {

    private final CheckpointStorageAccess files;
    private final RunningTerm term;

    AppendingAccess(CheckpointStorageAccess files, RunningTerm term) {
        this.files = files;
        this.term = term;
    }

    @Override
    public CheckpointStorageLocation initializeLocationForCheckpoint(long id) throws IOException {
        CheckpointStorageLocation location = files.initializeLocationForCheckpoint(id);
        return new AppendingLocation(location, term, id, false, term::appendCheckpoint);
    }

    @Override
    public CheckpointStorageLocation initializeLocationForSavepoint(long id, String target)
            throws IOException {
        CheckpointStorageLocation location = files.initializeLocationForSavepoint(id, target);
        // Told apart by the directory, which the stop sets before it triggers: a user's plain
        // savepoint is no resume point.
        if (target != null && term.closesInto(target)) {
            return new AppendingLocation(location, term, id, true, term::appendClosed);
        }
        term.told(new EngineEvent.SavepointIdentified(id, String.valueOf(target)));
        return new AppendingLocation(location, term, id, true, _ -> {});
    }

    @Override
    public boolean supportsHighlyAvailableStorage() {
        return files.supportsHighlyAvailableStorage();
    }

    @Override
    public boolean hasDefaultSavepointLocation() {
        return files.hasDefaultSavepointLocation();
    }

    @Override
    public CompletedCheckpointStorageLocation resolveCheckpoint(String pointer) throws IOException {
        return files.resolveCheckpoint(pointer);
    }

    @Override
    public void initializeBaseLocationsForCheckpoint() throws IOException {
        files.initializeBaseLocationsForCheckpoint();
    }

    @Override
    public CheckpointStreamFactory resolveCheckpointStorageLocation(
            long id, CheckpointStorageLocationReference reference) throws IOException {
        // A subtask asks this once for each checkpoint: when it has the barrier.
        term.told(new EngineEvent.BarrierArrived(id));
        return files.resolveCheckpointStorageLocation(id, reference);
    }

    @Override
    public CheckpointStateOutputStream createTaskOwnedStateStream() throws IOException {
        return files.createTaskOwnedStateStream();
    }

    @Override
    public CheckpointStateToolset createTaskOwnedCheckpointStateToolset() {
        return files.createTaskOwnedCheckpointStateToolset();
    }

    @Override
    public CheckpointStorageWorkerView toFileMergingStorage(
            FileMergingSnapshotManager snapshots, Environment task) throws IOException {
        return files.toFileMergingStorage(snapshots, task);
    }
}
