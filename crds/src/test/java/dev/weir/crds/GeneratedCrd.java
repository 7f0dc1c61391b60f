package dev.weir.crds;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.kubernetes.client.CustomResource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The schema of each resource as a file: generated from the types, corrected by {@link
 * SchemaCorrections}, and committed in every place that ships it.
 */
public final class GeneratedCrd {

    private static final List<Class<? extends CustomResource<?, ?>>> RESOURCES =
            List.of(StreamJob.class, Savepoint.class);

    private static final String HEADER =
            "# Generated from the types of the module crds; write it anew with"
                    + " mvn -q -pl crds -am test-compile exec:java -Dexec.mainClass=dev.weir.crds.GeneratedCrd"
                    + " -Dexec.classpathScope=test\n";

    private GeneratedCrd() {}

    /** A committed file, relative to the root of the repository, and the text it must have. */
    record Copy(Path path, String text) {
        @Override
        public String toString() {
            return path.toString();
        }
    }

    static List<Copy> copies() {
        List<Copy> copies = new ArrayList<>();
        for (Class<? extends CustomResource<?, ?>> resource : RESOURCES) {
            String file = CustomResource.getCRDName(resource) + "-" + StreamJob.VERSION + ".yml";
            String text = text(resource);
            copies.add(new Copy(Path.of("crds/generated", file), text));
            copies.add(new Copy(Path.of("helm/weir/crds", file), text));
        }
        return copies;
    }

    private static String text(Class<? extends CustomResource<?, ?>> resource) {
        YAMLMapper yaml =
                new YAMLMapper(
                        YAMLFactory.builder()
                                .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                                .disable(YAMLGenerator.Feature.SPLIT_LINES)
                                .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                                .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
                                .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
                                .build());
        try {
            ObjectNode crd = (ObjectNode) yaml.readTree(generate(resource));
            SchemaCorrections.apply(crd, resource);
            return HEADER + yaml.writeValueAsString(crd);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] generate(Class<? extends CustomResource<?, ?>> resource) {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        int generated =
                new CRDGenerator()
                        .forCRDVersions("v1")
                        .customResourceClasses(resource)
                        .withOutput(new InMemory(written))
                        .generate();
        if (generated != 1) {
            throw new IllegalStateException(
                    "expected one generated resource definition, got " + generated);
        }
        return written.toByteArray();
    }

    /**
     * Writes all copies; the only argument is the root of the repository, by default the working
     * directory.
     */
    public static void main(String[] args) throws IOException {
        Path root = Path.of(args.length == 0 ? "" : args[0]).toAbsolutePath();
        for (Copy copy : copies()) {
            Path target = root.resolve(copy.path());
            Files.createDirectories(target.getParent());
            Files.writeString(target, copy.text());
            System.out.println("wrote " + target);
        }
    }

    /** Collects the one file that the generator writes. */
    private record InMemory(ByteArrayOutputStream written)
            implements CRDGenerator.CRDOutput<ByteArrayOutputStream> {
        @Override
        public ByteArrayOutputStream outputFor(String crdName) {
            return written;
        }

        @Override
        public void close() {
            // Nothing is held that could be let go.
        }
    }
}
