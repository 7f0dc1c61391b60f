package dev.weir.cli.verb;

import dev.weir.cli.place.Place;
import dev.weir.cli.place.Places.Choice;
import dev.weir.cli.place.Places.ClusterAccess;
import dev.weir.cli.place.Places.Kind;
import dev.weir.cli.place.Places.NoPlaceException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Options that say which place a verb is about, and which namespace of it. */
final class PlaceOptions {

    @ArgGroup(validate = false, heading = "%nWhich place:%n", order = 100)
    private Given given = new Given();

    /** They stand together in the help. */
    private static final class Given {

        @Option(names = "--local", description = "The local world.")
        private boolean local;

        @Option(names = "--cluster", description = "The cluster of the kubeconfig.")
        private boolean cluster;

        @Option(
                names = "--context",
                paramLabel = "CONTEXT",
                description = "Context of the kubeconfig (default: its current one).")
        private Optional<String> context = Optional.empty();

        @Option(
                names = "--kubeconfig",
                paramLabel = "FILE",
                description =
                        "Which clusters there are (default: KUBECONFIG, else ~/.kube/config).")
        private Optional<Path> kubeconfig = Optional.empty();

        @Option(
                names = {"-n", "--namespace"},
                paramLabel = "NAMESPACE",
                description = "Namespace of the jobs (default: the one of the context).")
        private Optional<String> namespace = Optional.empty();
    }

    /**
     * @throws NoPlaceException if it is two
     */
    Choice choice() {
        if (given.local && given.cluster) {
            throw new NoPlaceException("--local and --cluster are two places; leave out one");
        }
        Optional<Kind> said =
                given.local
                        ? Optional.of(Kind.LOCAL)
                        : given.cluster ? Optional.of(Kind.CLUSTER) : Optional.empty();
        return new Choice(said, new ClusterAccess(given.context, given.kubeconfig));
    }

    /** The one that was asked for. */
    Optional<String> namespace() {
        return given.namespace;
    }

    String namespaceIn(Place place) {
        return given.namespace.orElseGet(place::defaultNamespace);
    }
}
