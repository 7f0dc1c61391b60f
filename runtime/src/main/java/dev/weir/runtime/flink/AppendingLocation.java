package dev.weir.runtime.flink;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.apache.flink.runtime.state.CheckpointMetadataOutputStream;
import org.apache.flink.runtime.state.CheckpointStateOutputStream;
import org.apache.flink.runtime.state.CheckpointStorageLocation;
import org.apache.flink.runtime.state.CheckpointStorageLocationReference;
import org.apache.flink.runtime.state.CheckpointedStateScope;
import org.apache.flink.runtime.state.CompletedCheckpointStorageLocation;
import org.apache.flink.runtime.state.StreamStateHandle;

/**
 * Where one checkpoint or savepoint is written; its metadata stream appends when it is closed well.
 */
final class AppendingLocation implements CheckpointStorageLocation {

    /** What is done once the metadata is durable and before any task is told. */
    @FunctionalInterface
    interface Append {
        void durable(RunningTerm.Durable written) throws IOException;
    }

    private final CheckpointStorageLocation files;
    private final RunningTerm term;
    private final long id;
    private final boolean savepoint;
    private final Append append;
    private final long startedNanos = System.nanoTime();

    AppendingLocation(
            CheckpointStorageLocation files,
            RunningTerm term,
            long id,
            boolean savepoint,
            Append append) {
        this.files = files;
        this.term = term;
        this.id = id;
        this.savepoint = savepoint;
        this.append = append;
        term.told(new EngineEvent.CheckpointTriggered(id, savepoint));
    }

    @Override
    public CheckpointMetadataOutputStream createMetadataOutputStream() throws IOException {
        term.told(new EngineEvent.CheckpointCompleting(id, savepoint));
        return new AppendingMetadataStream(files.createMetadataOutputStream());
    }

    @Override
    public void disposeOnFailure() throws IOException {
        files.disposeOnFailure();
    }

    @Override
    public CheckpointStorageLocationReference getLocationReference() {
        return files.getLocationReference();
    }

    @Override
    public CheckpointStateOutputStream createCheckpointStateOutputStream(
            CheckpointedStateScope scope) throws IOException {
        return files.createCheckpointStateOutputStream(scope);
    }

    @Override
    public boolean canFastDuplicate(StreamStateHandle handle, CheckpointedStateScope scope)
            throws IOException {
        return files.canFastDuplicate(handle, scope);
    }

    @Override
    public List<StreamStateHandle> duplicate(
            List<StreamStateHandle> handles, CheckpointedStateScope scope) throws IOException {
        return files.duplicate(handles, scope);
    }

    /** Passes the bytes on and counts them. */
    private final class AppendingMetadataStream extends CheckpointMetadataOutputStream {

        private final CheckpointMetadataOutputStream out;

        private AppendingMetadataStream(CheckpointMetadataOutputStream out) {
            this.out = out;
        }

        @Override
        public CompletedCheckpointStorageLocation closeAndFinalizeCheckpoint() throws IOException {
            long bytes = out.getPos();
            CompletedCheckpointStorageLocation completed = out.closeAndFinalizeCheckpoint();
            append.durable(
                    new RunningTerm.Durable(
                            id,
                            completed.getExternalPointer(),
                            bytes,
                            Duration.ofNanos(System.nanoTime() - startedNanos)));
            return completed;
        }

        @Override
        public void close() throws IOException {
            out.close();
        }

        @Override
        public long getPos() throws IOException {
            return out.getPos();
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }

        @Override
        public void sync() throws IOException {
            out.sync();
        }
    }
}
