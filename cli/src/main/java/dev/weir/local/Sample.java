package dev.weir.local;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.weir.cli.place.JobDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The sample job, as the local world runs it: the committed manifest with this world's addresses,
 * written where the user can look at it and edit it.
 *
 * @param file of the copy
 */
public record Sample(Path file) {

    public static final String JOB = "delays";

    /** The broker that the committed manifest names: the one beside the development node. */
    private static final String COMMITTED_BROKER = "10.77.0.1:9092";

    /** Writes the copy unless it is there; a copy that the user has edited is left as it is. */
    public static Sample in(LocalHome home, Path project, LocalWorld.Addresses addresses)
            throws IOException {
        Path copy = home.samples().resolve(JOB + ".yaml");
        if (!Files.exists(copy)) {
            Files.createDirectories(home.samples());
            String manifest = Files.readString(project.resolve("config/samples/" + JOB + ".yaml"));
            if (!manifest.contains(COMMITTED_BROKER)) {
                throw new IOException("the sample names no broker " + COMMITTED_BROKER);
            }
            Files.writeString(copy, manifest.replace(COMMITTED_BROKER, addresses.kafka()));
        }
        return new Sample(copy);
    }

    /** What the file says, in a namespace. */
    public JobDocument document(String namespace) throws IOException {
        return parse(Files.readString(file), namespace);
    }

    /** A manifest of our own as a document. */
    public static JobDocument parse(String manifest, String namespace) throws IOException {
        ObjectNode json = (ObjectNode) new YAMLMapper().readTree(manifest);
        ((ObjectNode) json.get("metadata")).put("namespace", namespace);
        return new JobDocument(json);
    }
}
