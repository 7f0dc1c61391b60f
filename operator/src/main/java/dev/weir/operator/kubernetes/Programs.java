package dev.weir.operator.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.weir.ledger.LedgerJson;
import dev.weir.operator.plan.Desired.Run;
import dev.weir.protocol.JobDescription;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a program ConfigMap holds: all that it takes to run its revision again when the spec speaks
 * of another. A pod reads {@link #DESCRIPTION} and {@link #SQL}; {@link #POD} is for the operator.
 */
public final class Programs {

    static final String DESCRIPTION = "job.json";
    static final String SQL = "program.sql";
    static final String POD = "pod.json";

    private Programs() {}

    /** The part of a run that its pod's manifest says and its description does not. */
    private record PodPart(
            String image, String cpu, String memory, Optional<String> credentialsSecret) {}

    static String pod(Run run) {
        return json(new PodPart(run.image(), run.cpu(), run.memory(), run.credentialsSecret()));
    }

    static String json(Object value) {
        try {
            return LedgerJson.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a program that can't be written", e);
        }
    }

    /**
     * The run that a program was written for; empty for one that says less, or was tampered with.
     */
    public static Optional<Run> run(ConfigMap program) {
        Map<String, String> data = Optional.ofNullable(program.getData()).orElse(Map.of());
        if (!data.keySet().containsAll(Set.of(DESCRIPTION, SQL, POD))) {
            return Optional.empty();
        }
        try {
            PodPart pod = LedgerJson.mapper().readValue(data.get(POD), PodPart.class);
            JobDescription description =
                    LedgerJson.mapper().readValue(data.get(DESCRIPTION), JobDescription.class);
            return Optional.of(
                    new Run(
                            data.get(SQL),
                            pod.image(),
                            pod.cpu(),
                            pod.memory(),
                            pod.credentialsSecret(),
                            description));
        } catch (JsonProcessingException _) {
            return Optional.empty();
        }
    }
}
