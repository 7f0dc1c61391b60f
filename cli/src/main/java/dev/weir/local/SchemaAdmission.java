package dev.weir.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.weir.cli.admission.Admission;
import dev.weir.cli.admission.Doorkeeper;
import dev.weir.cli.admission.Manifest;
import dev.weir.cli.admission.Violation;
import dev.weir.cli.place.JobDocument;
import dev.weir.crds.StreamJob;
import java.util.List;
import java.util.Optional;

/** By the schema that is committed, in the API server's words. It is read when first needed. */
final class SchemaAdmission implements JobAdmission {

    private static final ObjectMapper JSON =
            new ObjectMapper().registerModule(new JavaTimeModule());

    private Optional<Doorkeeper> doorkeeper = Optional.empty();

    private SchemaAdmission() {}

    static SchemaAdmission ofTheCommittedSchema() {
        return new SchemaAdmission();
    }

    @Override
    public Verdict judge(JobDocument given, Optional<StreamJob> stored) {
        Admission admission =
                doorkeeper()
                        .admit(
                                Manifest.of(given.json()),
                                given.key().namespace(),
                                stored.map(job -> JSON.<JsonNode>valueToTree(job)));
        return switch (admission) {
            case Admission.Admitted(ObjectNode resource) -> new Yes(job(resource));
            case Admission.Refused(List<Violation> violations, _) ->
                    new No(violations.stream().map(Violation::toString).toList());
        };
    }

    private synchronized Doorkeeper doorkeeper() {
        Doorkeeper there = doorkeeper.orElseGet(Doorkeeper::ofStreamJobs);
        doorkeeper = Optional.of(there);
        return there;
    }

    private static StreamJob job(ObjectNode admitted) {
        try {
            return JSON.treeToValue(admitted, StreamJob.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the schema took what the API's types do not", e);
        }
    }
}
