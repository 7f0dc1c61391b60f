package dev.weir.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What the pod tells its process through the environment, with defaults that fit the image.
 *
 * @param podUid who this pod is in the ledger; survives a restart of the container, not of the pod
 * @param work scratch that may be lost at any time
 * @param program where {@code job.json} and {@code program.sql} are
 * @param secret where the Secret is that {@code credentials} were taken from, as files that follow
 *     it; need not be there
 * @param ports on which the process listens
 */
public record Surroundings(
        Role role,
        String podUid,
        Path work,
        Path program,
        Path secret,
        Ports ports,
        Optional<Credentials> credentials) {

    private static final String ACCESS_KEY = "AWS_ACCESS_KEY_ID";
    private static final String SECRET_KEY = "AWS_SECRET_ACCESS_KEY";

    /** What this process is for. */
    public enum Role {
        STANDALONE,
        STOREKEEPER
    }

    /** The control port is reached by the operator; the other two by this pod alone. */
    public record Ports(int control, int rest, int rpc) {}

    /** For the object store. Absent: the store's own chain of providers. */
    public record Credentials(String accessKey, String secretKey) {
        @Override
        public String toString() {
            return "Credentials[" + accessKey + "]";
        }
    }

    /**
     * Reads the environment.
     *
     * @throws IllegalArgumentException naming the variable that is missing or wrong
     */
    public static Surroundings of(Map<String, String> env) {
        return new Surroundings(
                role(env.getOrDefault("WEIR_ROLE", "standalone")),
                required(env, "WEIR_POD_UID"),
                Path.of(env.getOrDefault("WEIR_WORK", "/weir/work")),
                Path.of(env.getOrDefault("WEIR_PROGRAM", "/weir/program")),
                Path.of(env.getOrDefault("WEIR_SECRET", "/weir/secret")),
                new Ports(
                        port(env, "WEIR_CONTROL_PORT", 8480),
                        port(env, "WEIR_REST_PORT", 8081),
                        port(env, "WEIR_RPC_PORT", 6123)),
                credentials(env));
    }

    private static Role role(String text) {
        return switch (text) {
            case "standalone" -> Role.STANDALONE;
            case "storekeeper" -> Role.STOREKEEPER;
            default ->
                    throw new IllegalArgumentException(
                            "WEIR_ROLE is '" + text + "': use standalone or storekeeper.");
        };
    }

    private static Optional<Credentials> credentials(Map<String, String> env) {
        return credentials(env.getOrDefault(ACCESS_KEY, ""), env.getOrDefault(SECRET_KEY, ""));
    }

    private static Optional<Credentials> credentials(String access, String secret) {
        return access.isBlank() || secret.isBlank()
                ? Optional.empty()
                : Optional.of(new Credentials(access, secret));
    }

    /** What the Secret holds by now; empty if it is out of sight or lacks one of the two. */
    Optional<Credentials> inSecret() throws IOException {
        Path access = secret.resolve(ACCESS_KEY);
        Path key = secret.resolve(SECRET_KEY);
        return Files.isReadable(access) && Files.isReadable(key)
                ? credentials(Files.readString(access), Files.readString(key))
                : Optional.empty();
    }

    private static String required(Map<String, String> env, String name) {
        String value = env.getOrDefault(name, "");
        if (value.isBlank()) {
            throw new IllegalArgumentException(
                    name + " is not set: the pod's UID is how the ledger knows this pod.");
        }
        return value;
    }

    private static int port(Map<String, String> env, String name, int otherwise) {
        String value = env.getOrDefault(name, "");
        try {
            return value.isBlank() ? otherwise : Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    name + " is '" + value + "': give a port number.", e);
        }
    }
}
