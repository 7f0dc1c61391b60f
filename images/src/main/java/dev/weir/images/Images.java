package dev.weir.images;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** {@code ./weir images}: makes the images of operator and runtime from what Maven has packaged. */
@CommandLine.Command(
        name = "./weir images",
        mixinStandardHelpOptions = true,
        description =
                "Makes the images of operator and runtime: archives in .weir/images, or pushed to a"
                        + " registry.")
public final class Images implements Callable<Integer> {

    @Option(names = "--root", hidden = true, required = true, description = "The repository.")
    private Path root;

    @Option(
            names = "--push",
            paramLabel = "REGISTRY",
            description =
                    "Push to REGISTRY/weir/… with the credentials of 'docker login', instead of"
                            + " writing archives.")
    private String registry;

    @Option(
            names = "--base",
            paramLabel = "IMAGE",
            description =
                    "Stand on this image (a name, or tar:// and a path) instead of a base made from"
                            + " this machine's C library; it needs glibc and libstdc++.")
    private String base;

    /** Ends the process with 0 once the images are written. */
    public static void main(String[] arguments) {
        System.exit(
                new CommandLine(new Images())
                        .setExecutionExceptionHandler(Images::explain)
                        .execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        var work = root.resolve(".weir/images/work");
        var host = HostSystem.ofThisMachine();
        var jdk = HostJdk.running();
        var linked =
                jdk.link(work.resolve("jdk-" + jdk.identity()), work.resolveSibling("jlink.log"));
        var below = new ArrayList<Layer>();
        if (base == null) {
            below.add(Layer.all("base", host.assemble(FileTree.empty(work.resolve("base")))));
        }
        below.add(Layer.all("JDK", linked));
        var writer =
                new ImageWriter(
                        Optional.ofNullable(base), host.architecture(), work.resolve("layers"));
        var program = RuntimeImage.Program.ofModule(root.resolve("runtime"));
        for (var image :
                List.of(
                        OperatorImage.assemble(
                                root.resolve("operator/target/quarkus-app"), below, work),
                        new RuntimeImage(program, linked).assemble(below, work))) {
            write(writer, image);
        }
        return 0;
    }

    private void write(ImageWriter writer, Image image) throws IOException {
        if (registry != null) {
            System.out.println(writer.push(image, registry));
            return;
        }
        var archive = root.resolve(".weir/images/" + image.name() + ".tar");
        writer.archive(image, archive);
        System.out.println(archive);
    }

    private static int explain(
            Exception failure, CommandLine command, CommandLine.ParseResult arguments) {
        if (failure instanceof ImagesException) {
            System.err.println("images: " + failure.getMessage());
        } else {
            failure.printStackTrace();
        }
        return 1;
    }
}
