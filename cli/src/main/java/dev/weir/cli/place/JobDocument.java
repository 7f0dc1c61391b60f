package dev.weir.cli.place;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.weir.crds.JobCondition;
import dev.weir.crds.StreamJob;
import dev.weir.crds.StreamJobStatus;
import dev.weir.operator.wake.JobKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A StreamJob in its JSON form, as a file or a place has it. Nothing that was written is lost, so
 * that what another version of the schema knows passes through unharmed, and a place can refuse
 * what it does not know. It always has the kind and version of a StreamJob, a namespace and a name.
 */
public record JobDocument(ObjectNode json) {

    /** What StreamJobs are called in the answers of verbs, as kubectl calls them. */
    public static final String RESOURCE = "streamjob." + StreamJob.GROUP;

    private static final String API_VERSION = StreamJob.GROUP + "/" + StreamJob.VERSION;

    private static final List<String> KEPT_BY_THE_PLACE =
            List.of(
                    "uid",
                    "resourceVersion",
                    "generation",
                    "creationTimestamp",
                    "deletionTimestamp",
                    "deletionGracePeriodSeconds",
                    "finalizers",
                    "ownerReferences",
                    "managedFields",
                    "selfLink");

    /** A newer operator may say more than is known here; what is known is shown all the same. */
    private static final ObjectMapper LENIENT =
            JsonMapper.builder()
                    .addModule(new JavaTimeModule())
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .enable(DeserializationFeature.READ_UNKNOWN_ENUM_VALUES_AS_NULL)
                    .build();

    /**
     * @throws IllegalArgumentException saying what is not as it must be, for people
     */
    public JobDocument {
        json = json.deepCopy();
        require(
                json.path("kind").asText().equals(StreamJob.KIND),
                "kind is "
                        + said(json.path("kind"))
                        + ", and must be "
                        + StreamJob.KIND
                        + "; other kinds are applied by kubectl");
        require(
                json.path("apiVersion").asText().equals(API_VERSION),
                "apiVersion is " + said(json.path("apiVersion")) + ", and must be " + API_VERSION);
        require(isText(json.at("/metadata/name")), "metadata.name is missing");
        require(isText(json.at("/metadata/namespace")), "metadata.namespace is missing");
    }

    /** A copy: what is changed in it changes nothing here. */
    @Override
    public ObjectNode json() {
        return json.deepCopy();
    }

    /** The JSON form of a resource, such as a {@link StreamJob}. */
    public static JobDocument of(Object resource) {
        return new JobDocument(LENIENT.valueToTree(resource));
    }

    /** The same as a resource of a client's type. */
    public <T> T as(Class<T> type) {
        return LENIENT.convertValue(json, type);
    }

    public JobKey key() {
        return new JobKey(text("/metadata/namespace"), text("/metadata/name"));
    }

    /** Differs between two jobs that had the same name after each other. */
    public String uid() {
        return text("/metadata/uid");
    }

    /** Differs whenever anything about the job differs. */
    public String version() {
        return text("/metadata/resourceVersion");
    }

    /** Grows with each change of the spec; 0 where nobody has counted yet. */
    public long generation() {
        return at("/metadata/generation").asLong(0);
    }

    /** When it came to its place; empty for what stands in a file. */
    public Optional<Instant> created() {
        return Optional.of(text("/metadata/creationTimestamp"))
                .filter(at -> !at.isEmpty())
                .map(Instant::parse);
    }

    public boolean isBeingDeleted() {
        return !text("/metadata/deletionTimestamp").isEmpty();
    }

    public boolean isToBeSuspended() {
        return at("/spec/suspend").asBoolean(false);
    }

    /** The phase by its word, which may be one that is not known here; empty before any report. */
    public String phase() {
        return text("/status/phase");
    }

    /** What the operator reports, as far as it is known here; empty before any report. */
    public Optional<StreamJobStatus> status() {
        if (!at("/status").isObject()) {
            return Optional.empty();
        }
        try {
            return Optional.of(LENIENT.treeToValue(json.get("status"), StreamJobStatus.class));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    key() + " has a status that can't be read: " + e.getOriginalMessage(), e);
        }
    }

    /** Whether the status speaks of the newest spec. */
    public boolean isReported() {
        return status().map(StreamJobStatus::observedGeneration)
                .filter(observed -> observed >= generation())
                .isPresent();
    }

    public Optional<JobCondition> condition(JobCondition.Type type) {
        return status().stream()
                .flatMap(status -> status.conditions().stream())
                .filter(condition -> condition.type() == type)
                .findFirst();
    }

    /** The text or number at a path such as {@code /spec/image}; empty where there is none. */
    public String text(String pointer) {
        return at(pointer).asText();
    }

    /** What a user says: without the status, and without what a place keeps in the metadata. */
    public JobDocument written() {
        var written = json();
        written.remove("status");
        written.withObject("/metadata").remove(KEPT_BY_THE_PLACE);
        return new JobDocument(written);
    }

    /**
     * What is written here, in the place of another job's document: with its status and with what
     * the place keeps in its metadata.
     */
    public JobDocument inPlaceOf(JobDocument there) {
        var made = written().json();
        var kept = there.json().withObject("/metadata").retain(KEPT_BY_THE_PLACE);
        made.withObject("/metadata").setAll(kept);
        Optional.ofNullable(there.json().get("status")).ifPresent(s -> made.set("status", s));
        return new JobDocument(made);
    }

    /** With another job's labels and annotations besides, where this one has none of that key. */
    public JobDocument withTagsOf(JobDocument there) {
        var made = json();
        for (var tags : List.of("labels", "annotations")) {
            if (there.at("/metadata/" + tags) instanceof ObjectNode theirs) {
                var ours = made.withObject("/metadata/" + tags);
                var merged = theirs.deepCopy();
                merged.setAll(ours);
                ours.setAll(merged);
            }
        }
        return new JobDocument(made);
    }

    /** Of another spec. */
    public JobDocument withSpec(JsonNode spec) {
        var made = json();
        made.set("spec", spec);
        return new JobDocument(made);
    }

    @Override
    public String toString() {
        return RESOURCE + "/" + key().name();
    }

    private JsonNode at(String pointer) {
        return json.at(JsonPointer.compile(pointer));
    }

    private static boolean isText(JsonNode node) {
        return node.isTextual() && !node.asText().isBlank();
    }

    private static String said(JsonNode node) {
        return node.asText().isBlank() ? "missing" : node.asText();
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
