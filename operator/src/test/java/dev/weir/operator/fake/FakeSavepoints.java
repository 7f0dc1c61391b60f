package dev.weir.operator.fake;

import dev.weir.crds.Savepoint;
import dev.weir.crds.SavepointStatus;
import dev.weir.crds.StreamJob;
import dev.weir.ledger.Seen;
import dev.weir.operator.kubernetes.SavepointGateway;
import dev.weir.operator.kubernetes.Written;
import dev.weir.operator.wake.JobKey;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * One Savepoint in memory, and the word of the API server on its job; loses or overtakes a write
 * that it is told to.
 */
public final class FakeSavepoints implements SavepointGateway {

    private final Savepoint savepoint;
    private final Deque<Written> answers = new ArrayDeque<>();
    private Seen<StreamJob> job;
    private int statusWrites;
    private int looks;

    public FakeSavepoints(Savepoint savepoint, Seen<StreamJob> job) {
        this.savepoint = savepoint;
        this.job = job;
    }

    /** The next write is answered so, and does nothing. */
    public void answer(Written written) {
        answers.add(written);
    }

    /** What the API server says of the job from now on. */
    public void job(Seen<StreamJob> now) {
        job = now;
    }

    public Savepoint savepoint() {
        return savepoint;
    }

    public int statusWrites() {
        return statusWrites;
    }

    /** How often the API server was asked for the job. */
    public int looks() {
        return looks;
    }

    private Written write(Runnable change) {
        if (!answers.isEmpty()) {
            return answers.poll();
        }
        change.run();
        return new Written.Done();
    }

    @Override
    public Seen<StreamJob> job(JobKey key) {
        looks++;
        return job.flatMap(
                there -> JobKey.of(there).equals(key) ? Seen.present(there) : Seen.absent());
    }

    @Override
    public Savepoint newest(Savepoint cached) {
        return savepoint;
    }

    @Override
    public void forget(Savepoint gone) {
        answers.clear();
    }

    @Override
    public Written addFinalizer(Savepoint resource) {
        return write(() -> savepoint.addFinalizer(Savepoint.FINALIZER));
    }

    @Override
    public Written removeFinalizer(Savepoint resource) {
        return write(() -> savepoint.removeFinalizer(Savepoint.FINALIZER));
    }

    @Override
    public Written writeStatus(Savepoint resource, SavepointStatus status) {
        return write(
                () -> {
                    statusWrites++;
                    savepoint.setStatus(status);
                });
    }
}
