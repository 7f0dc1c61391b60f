package dev.weir.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The operator: Quarkus' own layout, its libraries apart from what changes with each build. */
final class OperatorImage {

    private static final String PATH = "/opt/weir/operator";
    private static final int HTTP = 8080;

    private OperatorImage() {}

    /**
     * @param application the folder that Quarkus' build leaves
     * @param below the layers that all images share
     */
    static Image assemble(Path application, List<Layer> below, Path work) throws IOException {
        if (!Files.exists(application.resolve("quarkus-run.jar"))) {
            throw new ImagesException(
                    application + " is not built: run 'mvn -pl operator -am -DskipTests package'");
        }
        var tree = FileTree.empty(work.resolve("operator"));
        tree.copyAll(application, PATH);
        tree.sealed();
        var libraries = tree.at(PATH).resolve("lib");
        var layers = new ArrayList<>(below);
        layers.add(Layer.some("operator libraries", tree, path -> path.startsWith(libraries)));
        layers.add(Layer.some("operator", tree, path -> !path.startsWith(libraries)));
        return new Image(
                "operator",
                layers,
                List.of(
                        HostJdk.PATH + "/bin/java",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-jar",
                        PATH + "/quarkus-run.jar"),
                List.of(HTTP));
    }
}
