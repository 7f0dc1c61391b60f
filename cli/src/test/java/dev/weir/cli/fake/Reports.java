package dev.weir.cli.fake;

import dev.weir.cli.place.JobDocument;
import dev.weir.crds.JobCondition;
import dev.weir.crds.JobCondition.Holds;
import dev.weir.crds.JobCondition.Type;
import dev.weir.crds.Phase;
import dev.weir.crds.Reason;
import dev.weir.crds.StreamJobStatus;
import dev.weir.crds.StreamJobStatus.Failure;
import dev.weir.crds.StreamJobStatus.Revision;
import dev.weir.crds.StreamJobStatus.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Statuses as the operator writes them. */
public final class Reports {

    private final JobDocument job;
    private final Instant now;

    /** Of the job's newest spec, at a moment. */
    public Reports(JobDocument job, Instant now) {
        this.job = job;
        this.now = now;
    }

    /** On its way: the operator acts, or waits for something. */
    public StreamJobStatus onTheWay(Phase phase, Reason reason) {
        return status(phase, Holds.TRUE, Holds.FALSE, Holds.FALSE, reason, "");
    }

    /** Nothing more is done before a person, or time, helps. */
    public StreamJobStatus blocked(Phase phase, Reason reason, String detail) {
        return status(phase, Holds.FALSE, Holds.FALSE, Holds.FALSE, reason, detail);
    }

    /** A new revision is unfit while the old one runs on. */
    public StreamJobStatus blockedWhileRunning(Reason reason, String detail) {
        return status(Phase.RUNNING, Holds.FALSE, Holds.TRUE, Holds.FALSE, reason, detail);
    }

    public StreamJobStatus suspended() {
        return status(Phase.SUSPENDED, Holds.FALSE, Holds.FALSE, Holds.TRUE, Reason.SUSPENDED, "");
    }

    public StreamJobStatus completed() {
        return status(Phase.COMPLETED, Holds.FALSE, Holds.FALSE, Holds.TRUE, Reason.COMPLETED, "");
    }

    /** All tasks run, as the newest spec says; there is a checkpoint, and was a failure. */
    public StreamJobStatus running() {
        return status(Phase.RUNNING, Holds.FALSE, Holds.TRUE, Holds.TRUE, Reason.RUNNING, "");
    }

    private StreamJobStatus status(
            Phase phase,
            Holds progressing,
            Holds ready,
            Holds upToDate,
            Reason reason,
            String detail) {
        var text = reason.text(detail);
        var readyBy = ready == Holds.TRUE ? Reason.RUNNING : reason;
        return new StreamJobStatus(
                job.generation(),
                phase,
                List.of(
                        condition(Type.READY, ready, readyBy, readyBy.text(detail)),
                        condition(Type.PROGRESSING, progressing, reason, text),
                        condition(
                                Type.RESTORABLE,
                                Holds.TRUE,
                                Reason.RESTORE_POINT_PRESENT,
                                Reason.RESTORE_POINT_PRESENT.text("")),
                        condition(Type.UP_TO_DATE, upToDate, reason, text)),
                new Revision(job.generation(), "3f8a1c9e5b7d2046"),
                4L,
                "5d1e0c66b2f94a7d8c3b1a0f9e8d7c6b",
                new Snapshot(
                        41L,
                        "s3://jobs/demo/"
                                + job.key().name()
                                + "/checkpoints/0000000000000000004/chk-41",
                        1_258_291L,
                        "212ms",
                        now.minus(Duration.ofSeconds(4))),
                null,
                new Failure(
                        now.minus(Duration.ofMinutes(7)),
                        "java.lang.ArithmeticException: / by zero",
                        null,
                        "412ms"),
                1L,
                1,
                "weir.dev/job=" + job.key().name());
    }

    private JobCondition condition(Type type, Holds holds, Reason reason, String message) {
        return new JobCondition(
                type,
                holds,
                job.generation(),
                now.minus(Duration.ofSeconds(90)),
                reason.word(),
                message);
    }
}
