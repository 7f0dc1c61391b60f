package dev.weir.e2e.suites;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.e2e.node.Bucket;
import dev.weir.e2e.node.JobUnderTest;
import dev.weir.e2e.node.PodHistory;
import dev.weir.e2e.node.Stage;
import dev.weir.ledger.LedgerRecord.Checkpoint;
import dev.weir.ledger.LedgerRecord.Claim;
import dev.weir.ledger.RestorePoint;
import dev.weir.ledger.Slot;
import dev.weir.sandbox.exact.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a fault does to one job, from just before it until the job is shown to have got over it: by
 * the ledger, which an outsider reads, and by every row of output.
 */
final class Trial {

    private static final Duration RECOVERY_BOUND = Duration.ofMinutes(4);
    private static final int FURTHER_CHECKPOINTS = 3;

    private final Stage stage;
    private final ExactJob exact;
    private final JobUnderTest job;
    private final PodHistory pods;
    private final List<Bucket.Entry> since = new ArrayList<>();
    private final Instant began = Instant.now();
    private Slot read;

    private Trial(Stage stage, ExactJob exact) {
        this.stage = stage;
        this.exact = exact;
        this.job = exact.job();
        this.pods = new PodHistory(stage.cluster(), job);
        this.read = stage.bucket().ledger(job.namespace(), job.name()).getLast().slot();
    }

    /** Of a job that is well, and has written all that there is to write. */
    static Trial of(Stage stage, ExactJob exact) {
        assertFaultless("before the fault", exact.catchUp());
        Trial trial = new Trial(stage, exact);
        trial.awaitCheckpointAfter(Instant.now());
        return trial;
    }

    PodHistory pods() {
        return pods;
    }

    /** What was appended to the ledger since the trial began. */
    List<Bucket.Entry> appended() {
        List<Bucket.Entry> news = stage.bucket().ledgerAfter(job.namespace(), job.name(), read);
        if (!news.isEmpty()) {
            read = news.getLast().slot();
            since.addAll(news);
        }
        return List.copyOf(since);
    }

    /** The terms that were opened since the trial began, oldest first. */
    List<Claim> claims() {
        return appended().stream()
                .map(Bucket.Entry::record)
                .filter(Claim.class::isInstance)
                .map(Claim.class::cast)
                .toList();
    }

    /** Checkpoints that were appended in a span of time. */
    List<Checkpoint> checkpoints(Instant begin, Instant end) {
        return appended().stream()
                .map(Bucket.Entry::record)
                .filter(Checkpoint.class::isInstance)
                .map(Checkpoint.class::cast)
                .filter(checkpoint -> !checkpoint.at().isBefore(begin))
                .filter(checkpoint -> checkpoint.at().isBefore(end))
                .toList();
    }

    /** How long the job went without a checkpoint at most, from {@code begin} to {@code end}. */
    Duration longestPause(Instant begin, Instant end) {
        Instant before = begin;
        Duration longest = Duration.ZERO;
        for (Checkpoint checkpoint : checkpoints(begin, end)) {
            Duration pause = Duration.between(before, checkpoint.at());
            longest = pause.compareTo(longest) > 0 ? pause : longest;
            before = checkpoint.at();
        }
        Duration last = Duration.between(before, end);
        return last.compareTo(longest) > 0 ? last : longest;
    }

    /** When the first checkpoint after an instant was appended. */
    Instant awaitCheckpointAfter(Instant instant) {
        return awaitCheckpointsAfter(instant, 1).getFirst().at();
    }

    private List<Checkpoint> awaitCheckpointsAfter(Instant instant, int count) {
        return job.await(
                count + " checkpoints after " + instant,
                RECOVERY_BOUND,
                () ->
                        Optional.of(checkpoints(instant, Instant.MAX))
                                .filter(found -> found.size() >= count));
    }

    /**
     * The job goes on by itself: it completes checkpoints, is Ready, and all of its output so far
     * is right.
     *
     * @param mended when the fault was over
     */
    FaultRow recovered(String fault, String seen, Instant mended) {
        Instant first = awaitCheckpointAfter(mended);
        awaitCheckpointsAfter(first, FURTHER_CHECKPOINTS);
        job.awaitUpToDate(RECOVERY_BOUND);
        Verdict verdict = exact.catchUp();
        assertFaultless(fault, verdict);
        return row(fault, seen, mended, first, verdict);
    }

    /** The same, and the input ends: its last row is waited for, and the whole ledger is read. */
    FaultRow over(String fault, String seen, Instant mended) {
        FaultRow row = recovered(fault, seen, mended);
        Verdict verdict = exact.finish();
        assertThat(verdict.exact()).as(fault + ": " + verdict).isTrue();
        assertLedgerIsConsistent(stage, job);
        return new FaultRow(fault, row.seen(), row.recovered(), verdict);
    }

    /** What was seen of a fault, with what the job did about it. */
    private FaultRow row(
            String fault, String seen, Instant mended, Instant first, Verdict verdict) {
        List<Claim> claims = claims();
        long processes = claims.stream().map(Claim::writer).distinct().count();
        String reaction =
                claims.isEmpty()
                        ? "the job ran on"
                        : "%d new terms, by %d processes".formatted(claims.size(), processes);
        return new FaultRow(
                fault,
                "%s; %s, %d s without a checkpoint"
                        .formatted(seen, reaction, longestPause(began, first).toSeconds()),
                Duration.between(mended, first),
                verdict);
    }

    /** By an audit of every record, and by the state that the newest one names. */
    static void assertLedgerIsConsistent(Stage stage, JobUnderTest job) {
        List<Bucket.Entry> ledger = stage.bucket().ledger(job.namespace(), job.name());
        assertThat(LedgerAudit.breaches(ledger)).isEmpty();
        assertThat(LedgerAudit.newest(ledger))
                .isInstanceOfSatisfying(
                        RestorePoint.Checkpoint.class,
                        newest ->
                                assertThat(stage.bucket().exists(newest.location() + "/_metadata"))
                                        .as(newest.toString())
                                        .isTrue());
    }

    private static void assertFaultless(String when, Verdict verdict) {
        assertThat(verdict.faultless() && verdict.behind() == 0).as(when + ": " + verdict).isTrue();
    }
}
