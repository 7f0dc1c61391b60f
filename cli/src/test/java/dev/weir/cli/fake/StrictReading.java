package dev.weir.cli.fake;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.DeserializationProblemHandler;
import dev.weir.cli.place.JobDocument;
import dev.weir.crds.StreamJob;
import dev.weir.crds.StreamJobSpec;
import dev.weir.operator.plan.OperatorDefaults;
import dev.weir.operator.plan.SpecReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Every problem of a document: fields that the types don't have, and what the operator's own reader
 * finds wrong.
 */
public final class StrictReading {

    private static final OperatorDefaults DEFAULTS =
            new OperatorDefaults(
                    Optional.of(
                            new OperatorDefaults.Storage(
                                    "s3://jobs",
                                    "us-east-1",
                                    Optional.empty(),
                                    false,
                                    Optional.empty())),
                    "weir/runtime:1",
                    List.of("key"),
                    1000);

    private StrictReading() {}

    public static List<String> problems(JobDocument document) {
        var unknown = new ArrayList<String>();
        document.json()
                .fieldNames()
                .forEachRemaining(
                        field -> {
                            if (!List.of("apiVersion", "kind", "metadata", "spec", "status")
                                    .contains(field)) {
                                unknown.add("unknown field \"" + field + "\"");
                            }
                        });
        var job = document.as(StreamJob.class);
        try {
            job.setSpec(
                    new ObjectMapper()
                            .addHandler(new UnknownFields(unknown))
                            .treeToValue(document.json().get("spec"), StreamJobSpec.class));
        } catch (JsonProcessingException e) {
            return List.of(e.getOriginalMessage());
        }
        return switch (SpecReader.read(job, DEFAULTS)) {
            case SpecReader.Valid _ -> unknown;
            case SpecReader.Invalid(var violations) -> {
                violations.forEach(violation -> unknown.add(violation.toString()));
                yield unknown;
            }
        };
    }

    private static final class UnknownFields extends DeserializationProblemHandler {

        private final List<String> found;

        UnknownFields(List<String> found) {
            this.found = found;
        }

        @Override
        public boolean handleUnknownProperty(
                DeserializationContext context,
                JsonParser parser,
                JsonDeserializer<?> deserializer,
                Object bean,
                String field)
                throws IOException {
            var path = parser.getParsingContext().pathAsPointer().toString().replace('/', '.');
            found.add("unknown field \"spec" + path + "\"");
            parser.skipChildren();
            return true;
        }
    }
}
