package dev.weir.runtime.flink;

import java.util.Map;
import java.util.Properties;
import org.apache.flink.api.common.JobID;
import org.apache.flink.events.Event;
import org.apache.flink.events.reporter.EventReporter;
import org.apache.flink.events.reporter.EventReporterFactory;
import org.apache.flink.metrics.MetricConfig;

/**
 * Hands Flink's events to the term they belong to. Runs on the coordinator's threads under the
 * metric registry's lock, so a term must not block in {@link RunningTerm#told}.
 */
public final class EngineEventReporter implements EventReporter {

    /** What Flink makes the reporter by. */
    public static final class Factory implements EventReporterFactory {
        @Override
        public EventReporter createEventReporter(Properties properties) {
            return new EngineEventReporter();
        }
    }

    @Override
    public void notifyOfAddedEvent(Event event) {
        Map<String, Object> attributes = event.getAttributes();
        Object job = attributes.getOrDefault("<job_id>", attributes.get("jobId"));
        if (job == null) {
            return;
        }
        EngineEvent.of(event.getName(), attributes)
                .ifPresent(
                        told ->
                                RunningTerms.of(JobID.fromHexString(job.toString()))
                                        .ifPresent(term -> term.told(told)));
    }

    @Override
    public void open(MetricConfig config) {}

    @Override
    public void close() {}
}
