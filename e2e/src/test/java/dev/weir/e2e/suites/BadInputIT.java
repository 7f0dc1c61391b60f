package dev.weir.e2e.suites;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.e2e.node.AuditLog;
import dev.weir.e2e.node.Await;
import dev.weir.e2e.node.JobUnderTest;
import dev.weir.e2e.node.Stage;
import dev.weir.e2e.suites.BadRows.BadRow;
import dev.weir.sandbox.exact.ExactProgram;
import dev.weir.sandbox.exact.Verdict;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Mistakes on the node, side by side, each in a namespace of its own.
 *
 * <ol>
 *   <li>Each is made with kubectl, and told in the condition {@code UpToDate} with its reason, the
 *       place, and what helps.
 *   <li>For a minute all stay wrong: the operator writes to each namespace twice at most, by the
 *       API server's own log, and no container dies.
 *   <li>Each is mended, in the spec or outside of it, and becomes Ready. Meanwhile a job that runs
 *       is edited into one mistake after the other, and runs on untouched.
 * </ol>
 */
@ExtendWith(OnTheNode.class)
class BadInputIT {

    private static final Duration TOLD = Duration.ofMinutes(3);
    private static final Duration WRONG = Duration.ofMinutes(1);
    private static final Duration MENDED = Duration.ofMinutes(3);
    private static final int MOST_WRITES = 2;
    private static final int AT_A_TIME = 5;

    private final Map<BadRow, BadGround> grounds = new LinkedHashMap<>();
    private final List<String> failures = new ArrayList<>();

    @Test
    void eachMistakeIsToldCostsLittleAndIsMendedWhileAJobThatRunsIsLeftAlone(Stage stage)
            throws Exception {
        List<BadRow> rows = BadRows.all(stage.cluster().repository());
        assertThat(rows).hasSizeGreaterThanOrEqualTo(14);
        try (RunningJob running = RunningJob.start(stage)) {
            for (BadRow row : rows) {
                grounds.put(row, BadGround.of(stage, "bad-" + row.name()));
            }
            onEach("is told", BadInputIT::makeAndAwaitTold);
            running.editToTheFirst();
            stayWrong(stage, running);
            try (var aside = Executors.newVirtualThreadPerTaskExecutor()) {
                Future<Verdict> verdict = aside.submit(running::editToTheOthers);
                onEach("is mended", BadInputIT::mendAndAwaitReady);
                assertThat(verdict.get().exact()).as(verdict.get().toString()).isTrue();
            }
        } finally {
            onEach("goes", (_, ground) -> ground.close());
        }
        assertThat(failures).isEmpty();
    }

    /** A step of a row. */
    @FunctionalInterface
    private interface Step {
        void take(BadRow row, BadGround ground) throws Exception;
    }

    /**
     * All rows, some at a time: a step boots a JVM, and of all at once none would be up in time. A
     * row that fails is told of at the end, and hides no other.
     */
    private void onEach(String what, Step step) throws InterruptedException {
        var turns = new Semaphore(AT_A_TIME);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Map<BadRow, Future<Void>> steps = new LinkedHashMap<>();
            grounds.forEach(
                    (row, ground) ->
                            steps.put(
                                    row,
                                    threads.submit(
                                            (Callable<Void>)
                                                    () -> {
                                                        turns.acquire();
                                                        try {
                                                            step.take(row, ground);
                                                        } finally {
                                                            turns.release();
                                                        }
                                                        return null;
                                                    })));
            for (Map.Entry<BadRow, Future<Void>> taken : steps.entrySet()) {
                try {
                    taken.getValue().get();
                } catch (ExecutionException e) {
                    failures.add(taken.getKey() + " " + what + ": " + e.getCause());
                }
            }
        }
    }

    private static void makeAndAwaitTold(BadRow row, BadGround ground) throws Exception {
        row.make().on(ground);
        awaitTold(ground.job(), row);
        assertThat(ground.job().condition("Ready")).contains("False");
        System.out.printf(
                "%s | %s | %s%n",
                row.name(), row.reason(), ground.job().message("UpToDate").orElse(""));
    }

    private static void awaitTold(JobUnderTest job, BadRow row) {
        job.await(
                "UpToDate is False for " + row.reason() + " with " + row.says(),
                TOLD,
                () ->
                        job.message("UpToDate")
                                .filter(_ -> job.condition("UpToDate").get().equals("False"))
                                .filter(_ -> job.reason("UpToDate").get().equals(row.reason()))
                                .filter(
                                        message ->
                                                row.says().stream().allMatch(message::contains)));
    }

    private void stayWrong(Stage stage, RunningJob running) throws IOException {
        Instant begin = Instant.now();
        Await.pass(WRONG);
        AuditLog log = AuditLog.of(stage.cluster());
        for (Map.Entry<BadRow, BadGround> entry : grounds.entrySet()) {
            JobUnderTest job = entry.getValue().job();
            check(log, entry.getKey().name(), job, begin);
            if (!job.reason("UpToDate").equals(Optional.of(entry.getKey().reason()))) {
                failures.add(entry.getKey() + " did not stay " + entry.getKey().reason());
            }
            job.pods().stream()
                    .filter(BadInputIT::died)
                    .forEach(pod -> failures.add(entry.getKey() + ": a container died"));
        }
        check(log, "the job that runs", running.job(), begin);
    }

    private void check(AuditLog log, String name, JobUnderTest job, Instant begin)
            throws IOException {
        List<Instant> writes = log.operatorWritesIn(job.namespace(), begin, begin.plus(WRONG));
        System.out.printf("%s: %d writes in a minute%n", name, writes.size());
        if (writes.size() > MOST_WRITES) {
            failures.add(name + " was written to at " + writes);
        }
    }

    private static boolean died(Pod pod) {
        return pod.getStatus().getContainerStatuses().stream()
                .map(ContainerStatus::getRestartCount)
                .anyMatch(restarts -> restarts > 0);
    }

    private static void mendAndAwaitReady(BadRow row, BadGround ground) throws Exception {
        row.mend().on(ground);
        ground.job().awaitUpToDate(MENDED);
    }

    /** A job that runs and whose every row is judged, edited into mistakes. */
    private record RunningJob(Stage stage, ExactJob exact, String pod, String term)
            implements AutoCloseable {

        private static final Duration BOUND = Duration.ofMinutes(2);

        /** What is edited, and the reason that is told of it. */
        private record Edit(String patch, String reason) {}

        static RunningJob start(Stage stage) throws InterruptedException {
            ExactJob exact =
                    ExactJob.start(
                            stage,
                            stage.namespace("bad-edits"),
                            new ExactJob.Settings("HashMap", "1s", 1)
                                    .storedAt(stage, stage.servers().s3Endpoint()));
            exact.job().awaitUpToDate(BOUND);
            return new RunningJob(
                    stage,
                    exact,
                    exact.job().runningPod(BOUND).getMetadata().getUid(),
                    exact.job().status("term").orElseThrow().toString());
        }

        JobUnderTest job() {
            return exact.job();
        }

        private String sql() {
            return new ExactProgram(exact.topics(), exact.transactionalIdPrefix()).sql();
        }

        private List<Edit> edits() {
            String output = exact.topics().output();
            return List.of(
                    sql(sql().replace("FROM numbers", "FROM figures"), "ProgramInvalid"),
                    sql("SET 'parallelism.default' = '2';\n" + sql(), "ProgramRefused"),
                    sql(sql().replace("'900000'", "'9000'"), "ConfigurationInvalid"),
                    sql(sql().replace(output, output + "-of-nobody"), "TopicMissing"),
                    new Edit(
                            "{\"image\": \"%s/weir/runtime:nine\"}".formatted(nowhere()),
                            "ImageUnavailable"),
                    new Edit("{\"resources\": {\"cpu\": \"1k\"}}", "PodUnschedulable"),
                    new Edit("{\"resources\": {\"memory\": \"256Mi\"}}", "SpecInvalid"),
                    new Edit(
                            "{\"storage\": {\"credentialsSecret\": \"absent\"}}",
                            "PodMisconfigured"),
                    new Edit(
                            "{\"storage\": {\"endpoint\": \"http://%s\"}}".formatted(nowhere()),
                            "StoreUnreachable"));
        }

        private static Edit sql(String script, String reason) {
            return new Edit(
                    "{\"program\": {\"sql\": \"%s\"}}"
                            .formatted(script.replace("\\", "\\\\").replace("\n", "\\n")),
                    reason);
        }

        /** Where nothing listens. */
        private String nowhere() {
            return URI.create(stage.servers().s3Endpoint()).getHost() + ":1";
        }

        void editToTheFirst() {
            make(edits().getFirst());
        }

        /** Then back to what runs, which is up to date at once; and not one row was lost. */
        Verdict editToTheOthers() {
            edits().stream().skip(1).forEach(this::make);
            mend();
            job().awaitUpToDate(BOUND);
            assertUntouched();
            return exact.finish();
        }

        private void make(Edit edit) {
            mend();
            job().patch("{\"spec\": " + edit.patch() + "}");
            job().await(
                            "UpToDate is False for " + edit.reason(),
                            BOUND,
                            () -> job().reason("UpToDate").filter(edit.reason()::equals));
            assertThat(job().condition("Ready")).as(edit.reason()).contains("True");
            assertThat(job().phase()).as(edit.reason()).contains("Running");
            assertUntouched();
        }

        /** All fields that the edits touch, as they were. */
        private void mend() {
            job().patch(
                            "{\"spec\": {\"image\": null, \"resources\": {\"cpu\": \"500m\", \"memory\": \"1Gi\"},"
                                    + " \"storage\": {\"endpoint\": \"%s\", \"credentialsSecret\": \"weir-storage\"},"
                                            .formatted(stage.servers().s3Endpoint())
                                    + sql(sql(), "").patch().substring(1)
                                    + "}");
        }

        private void assertUntouched() {
            assertThat(job().pods().stream().map(pod -> pod.getMetadata().getUid())).contains(pod);
            assertThat(job().status("term").map(Object::toString)).contains(term);
        }

        @Override
        public void close() {
            exact.close();
        }
    }
}
