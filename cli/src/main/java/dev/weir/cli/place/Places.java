package dev.weir.cli.place;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Chooses the place that a command means. Nothing of a place is touched, not even loaded, before it
 * is chosen.
 *
 * <ol>
 *   <li>{@code --local} and {@code --cluster} decide; {@code --context} and {@code --kubeconfig}
 *       mean a cluster.
 *   <li>Else {@code WEIR_PLACE} does.
 *   <li>Else a plugin of kubectl means the cluster.
 *   <li>Else the local world, where there is one;
 *   <li>else the cluster, where one is configured;
 *   <li>else nobody knows, and the error names both ways.
 * </ol>
 */
public final class Places {

    /** Names the place where options don't: {@code local} or {@code cluster}. */
    public static final String PLACE = "WEIR_PLACE";

    /** As which program this one was called; set by launchers. */
    public static final String NAME = "WEIR_NAME";

    /** The value of {@link #NAME} for a plugin of kubectl. */
    public static final String PLUGIN = "kubectl-weir";

    private final Way local;
    private final Function<ClusterAccess, Way> cluster;
    private final Map<String, String> environment;

    public Places(
            Way local, Function<ClusterAccess, Way> cluster, Map<String, String> environment) {
        this.local = local;
        this.cluster = cluster;
        this.environment = Map.copyOf(environment);
    }

    /** The two kinds of places. */
    public enum Kind {
        LOCAL,
        CLUSTER
    }

    /**
     * The way to one place.
     *
     * @param exists whether anything suggests that it is there; asks nobody over a network
     * @param open may throw {@link UnreachableException}
     */
    public record Way(BooleanSupplier exists, Supplier<Place> open) {}

    /** Which cluster, where not the one that the kubeconfig names by itself. */
    public record ClusterAccess(Optional<String> context, Optional<Path> kubeconfig) {

        boolean isSaid() {
            return context.isPresent() || kubeconfig.isPresent();
        }
    }

    /** What the options of a command say. */
    public record Choice(Optional<Kind> kind, ClusterAccess access) {}

    /** A command that means no place, or two. */
    public static final class NoPlaceException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        public NoPlaceException(String message) {
            super(message);
        }
    }

    /**
     * @throws NoPlaceException where the choice contradicts itself, or nothing is said or found
     */
    public Place choose(Choice choice) {
        return switch (kind(choice)) {
            case LOCAL -> local.open().get();
            case CLUSTER -> cluster.apply(choice.access()).open().get();
        };
    }

    private Kind kind(Choice choice) {
        if (choice.access().isSaid()) {
            if (choice.kind().equals(Optional.of(Kind.LOCAL))) {
                throw new NoPlaceException(
                        "--context and --kubeconfig mean a cluster; leave out one of them or --local");
            }
            return Kind.CLUSTER;
        }
        return choice.kind().or(this::ofEnvironment).orElseGet(() -> whatIsThere(choice.access()));
    }

    private Optional<Kind> ofEnvironment() {
        var said = environment.getOrDefault(PLACE, "");
        if (said.isBlank()) {
            return PLUGIN.equals(environment.get(NAME))
                    ? Optional.of(Kind.CLUSTER)
                    : Optional.empty();
        }
        return switch (said.toLowerCase(Locale.ROOT)) {
            case "local" -> Optional.of(Kind.LOCAL);
            case "cluster" -> Optional.of(Kind.CLUSTER);
            default ->
                    throw new NoPlaceException(
                            PLACE + " is '" + said + "', and must be local or cluster");
        };
    }

    private Kind whatIsThere(ClusterAccess access) {
        if (local.exists().getAsBoolean()) {
            return Kind.LOCAL;
        }
        if (cluster.apply(access).exists().getAsBoolean()) {
            return Kind.CLUSTER;
        }
        throw new NoPlaceException(
                """
                there is neither a local world nor a cluster to work with:
                  begin a local world with 'weir up', which needs nothing but a JDK;
                  or name a cluster by KUBECONFIG or --kubeconfig FILE, as for kubectl""");
    }
}
