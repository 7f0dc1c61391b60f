package dev.weir.cli.admission;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A kind of resource, by its definition.
 *
 * @param replicas path of the field that the scale subresource sets
 */
record ResourceKind(
        String group, String version, String kind, Schema schema, List<String> replicas) {

    private static final String STREAM_JOBS = "/dev/weir/cli/streamjobs.weir.dev-v1alpha1.yml";

    ResourceKind {
        replicas = List.copyOf(replicas);
    }

    String apiVersion() {
        return group + "/" + version;
    }

    /** Of the definition that the chart installs, as it was when this was built. */
    static ResourceKind streamJobs() {
        try (var file = ResourceKind.class.getResourceAsStream(STREAM_JOBS)) {
            if (file == null) {
                throw new IllegalStateException(STREAM_JOBS + " is not on the class path");
            }
            var text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            return switch (GoYaml.read(text)) {
                case Manifest.Parsed(var definition, _) -> of(definition);
                case Manifest.Unreadable(var why) ->
                        throw new IllegalStateException(STREAM_JOBS + ": " + why);
            };
        } catch (IOException e) {
            throw new UncheckedIOException(STREAM_JOBS + " can't be read", e);
        }
    }

    static ResourceKind of(JsonNode definition) {
        var spec = definition.path("spec");
        var version = spec.path("versions").path(0);
        var replicas = version.at("/subresources/scale/specReplicasPath").asText();
        return new ResourceKind(
                spec.path("group").asText(),
                version.path("name").asText(),
                spec.at("/names/kind").asText(),
                SchemaReader.read(version.at("/schema/openAPIV3Schema")),
                List.of(replicas.substring(1).split("\\.")));
    }
}
