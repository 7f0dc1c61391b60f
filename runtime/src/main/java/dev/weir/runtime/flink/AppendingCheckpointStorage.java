package dev.weir.runtime.flink;

import java.io.IOException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.IllegalConfigurationException;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.runtime.state.CheckpointStorage;
import org.apache.flink.runtime.state.CheckpointStorageAccess;
import org.apache.flink.runtime.state.CheckpointStorageFactory;
import org.apache.flink.runtime.state.CompletedCheckpointStorageLocation;
import org.apache.flink.runtime.state.storage.FileSystemCheckpointStorage;

/**
 * Flink's file system storage, with the ledger's append where a checkpoint's metadata becomes
 * durable (rule 3). It is the one place through which checkpoints and savepoints both go before a
 * task is told.
 */
public final class AppendingCheckpointStorage implements CheckpointStorage {

    private static final long serialVersionUID = 1L;

    private final FileSystemCheckpointStorage files;

    private AppendingCheckpointStorage(FileSystemCheckpointStorage files) {
        this.files = files;
    }

    /** What Flink makes the storage by: the value of {@code execution.checkpointing.storage}. */
    public static final class Factory
            implements CheckpointStorageFactory<AppendingCheckpointStorage> {
        @Override
        public AppendingCheckpointStorage createFromConfig(
                ReadableConfig config, ClassLoader classes) throws IllegalConfigurationException {
            return new AppendingCheckpointStorage(
                    FileSystemCheckpointStorage.createFromConfig(config, classes));
        }
    }

    @Override
    public CompletedCheckpointStorageLocation resolveCheckpoint(String pointer) throws IOException {
        return files.resolveCheckpoint(pointer);
    }

    @Override
    public CheckpointStorageAccess createCheckpointStorage(JobID job) throws IOException {
        CheckpointStorageAccess access = files.createCheckpointStorage(job);
        var term = RunningTerms.of(job);
        return term.isPresent() ? new AppendingAccess(access, term.get()) : access;
    }
}
