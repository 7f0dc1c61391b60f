package dev.weir.crds;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.crdv2.generator.CRDGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The schema of {@link StreamJob} as a file: generated from the types, corrected by {@link
 * SchemaCorrections}, and committed in every place that ships it.
 */
public final class GeneratedCrd {

    private static final String FILE = "streamjobs.weir.dev-v1alpha1.yml";
    private static final String HEADER =
            "# Generated from the types of the module crds; write it anew with"
                    + " mvn -q -pl crds -am test-compile exec:java -Dexec.mainClass=dev.weir.crds.GeneratedCrd"
                    + " -Dexec.classpathScope=test\n";

    private GeneratedCrd() {}

    /** The committed copies, relative to the root of the repository. */
    static List<Path> copies() {
        return List.of(Path.of("crds/generated", FILE), Path.of("helm/weir/crds", FILE));
    }

    /** The text that each copy must have. */
    static String text() {
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
            ObjectNode crd = (ObjectNode) yaml.readTree(generate());
            SchemaCorrections.apply(crd);
            return HEADER + yaml.writeValueAsString(crd);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] generate() {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        int generated =
                new CRDGenerator()
                        .forCRDVersions("v1")
                        .customResourceClasses(StreamJob.class)
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
        for (Path copy : copies()) {
            Path target = root.resolve(copy);
            Files.createDirectories(target.getParent());
            Files.writeString(target, text());
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
