package dev.weir.runtime.program;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.flink.api.dag.Pipeline;
import org.apache.flink.client.deployment.executors.PipelineExecutorUtils;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.PipelineExecutor;
import org.apache.flink.core.execution.PipelineExecutorFactory;
import org.apache.flink.core.execution.PipelineExecutorServiceLoader;
import org.apache.flink.streaming.api.graph.StreamGraph;

/**
 * Stands where Flink looks for a cluster to run a program on, and keeps the program's graph instead
 * of running it. Given to one environment by hand, so nothing in the process can find it by
 * accident.
 */
final class GraphCapture implements PipelineExecutorServiceLoader {

    static final String TARGET = "held";

    private StreamGraph captured;
    private boolean second;

    @Override
    public PipelineExecutorFactory getExecutorFactory(Configuration configuration) {
        return new PipelineExecutorFactory() {
            @Override
            public String getName() {
                return TARGET;
            }

            @Override
            public boolean isCompatibleWith(Configuration candidate) {
                return true;
            }

            @Override
            public PipelineExecutor getExecutor(Configuration effective) {
                return GraphCapture.this::capture;
            }
        };
    }

    @Override
    public Stream<String> getExecutorNames() {
        return Stream.of(TARGET);
    }

    private CompletableFuture<JobClient> capture(
            Pipeline pipeline, Configuration effective, ClassLoader userClasses) throws Exception {
        if (captured != null) {
            second = true;
            return CompletableFuture.failedFuture(
                    new IllegalStateException(
                            "The program starts a second job: a StreamJob is one job."));
        }
        captured = PipelineExecutorUtils.getStreamGraph(pipeline, effective);
        return CompletableFuture.completedFuture(new CapturedClient(captured.getJobID()));
    }

    Optional<StreamGraph> graph() {
        return Optional.ofNullable(captured);
    }

    boolean startedTwice() {
        return second;
    }
}
