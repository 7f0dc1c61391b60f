package dev.weir.runtime.it;

import dev.weir.protocol.JobDescription;
import dev.weir.protocol.JobDescription.Backend;
import dev.weir.sandbox.servers.ListenAddress;
import dev.weir.sandbox.servers.StoreMood;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What can be wrong with a job's store, what is said of it, and how it is mended. */
final class BadStores {

    private static final String CHECK =
            "check spec.storage.endpoint, and that the store runs and can be reached from the pod";

    private BadStores() {}

    /** Something that is done to the surroundings. */
    @FunctionalInterface
    interface Change {
        void accept(Surroundings around) throws Exception;
    }

    /**
     * @param says with {@code $root} and {@code $endpoint} for those of the job
     * @param mendedFromOutside whether the pod goes on by itself; else it is another pod that does,
     *     as what is mended is in its spec
     */
    record Row(
            String input,
            Change spoil,
            String reason,
            String says,
            String remedy,
            Change mend,
            boolean mendedFromOutside) {
        @Override
        public String toString() {
            return input;
        }
    }

    static List<Row> rows() {
        return Stream.of(denying(), lying(), away()).flatMap(List::stream).toList();
    }

    private static List<Row> denying() {
        return List.of(
                outside(
                        "the bucket is missing",
                        around -> around.restartStore(),
                        "StoreDenied",
                        "$root at $endpoint can't be read: there is no bucket weir",
                        "create the bucket, or correct spec.storage.uri",
                        around -> around.s3().createBucket()),
                inSpec(
                        "an unknown access key",
                        around -> around.environment().put("AWS_ACCESS_KEY_ID", "nobody"),
                        "StoreDenied",
                        "$root at $endpoint can't be read: the store does not accept the"
                                + " credentials (InvalidAccessKeyId)",
                        "correct AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the Secret of"
                                + " spec.storage.credentialsSecret; the pod takes them within two"
                                + " minutes",
                        around ->
                                around.environment()
                                        .put(
                                                "AWS_ACCESS_KEY_ID",
                                                LocalS3.CREDENTIALS.accessKeyId())),
                inSpec(
                        "no credentials at all",
                        around -> around.environment().put("AWS_ACCESS_KEY_ID", ""),
                        "StoreDenied",
                        "$root at $endpoint can't be read: the pod has no credentials",
                        "name a Secret with the keys AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in"
                                + " spec.storage.credentialsSecret",
                        around ->
                                around.environment()
                                        .put(
                                                "AWS_ACCESS_KEY_ID",
                                                LocalS3.CREDENTIALS.accessKeyId())),
                outside(
                        "no permission to write",
                        around -> around.s3().mood(StoreMood.DENIES_WRITES),
                        "StoreDenied",
                        "$root at $endpoint can't be written: the store denies it (AccessDenied)",
                        "allow the credentials of spec.storage.credentialsSecret to get, put,"
                                + " delete and list in the bucket",
                        around -> around.s3().mood(StoreMood.SOUND)));
    }

    private static List<Row> lying() {
        return List.of(
                outside(
                        "a store that lets all creators win",
                        around -> around.s3().mood(StoreMood.LETS_ALL_WIN),
                        "StoreUnsound",
                        "$root at $endpoint: several writers were told that they had created one"
                                + " object",
                        "use a store that honours If-None-Match: * on PUT, or enable it in this"
                                + " one",
                        around -> around.s3().mood(StoreMood.SOUND)));
    }

    private static List<Row> away() {
        return List.of(
                outside(
                        "an endpoint that refuses connections",
                        around -> around.s3().close(),
                        "StoreUnreachable",
                        "$root at $endpoint can't be read: no connection (Connection refused)",
                        CHECK,
                        around -> around.startStore()),
                inSpec(
                        "an endpoint that does not resolve",
                        around -> around.endpoint("http://minio.nowhere.invalid:9000"),
                        "StoreUnreachable",
                        "$root at $endpoint can't be read: there is no host minio.nowhere.invalid",
                        "correct spec.storage.endpoint, or the name's record in DNS",
                        around -> around.endpoint(around.s3().endpoint().toString())),
                inSpec(
                        "an endpoint that hangs",
                        around -> around.hang(),
                        "StoreUnreachable",
                        "$root at $endpoint can't be read: no answer within 2000 ms",
                        "check spec.storage.endpoint and the network policies between the pod and"
                                + " the store",
                        around -> around.endpoint(around.s3().endpoint().toString())),
                inSpec(
                        "https spoken to a store that speaks http",
                        around ->
                                around.endpoint(
                                        around.s3()
                                                .endpoint()
                                                .toString()
                                                .replace("http:", "https:")),
                        "StoreUnreachable",
                        "$root at $endpoint can't be read: no connection (Unsupported or"
                                + " unrecognized SSL message)",
                        CHECK,
                        around -> around.endpoint(around.s3().endpoint().toString())));
    }

    private static Row outside(
            String input, Change spoil, String reason, String says, String remedy, Change mend) {
        return new Row(input, spoil, reason, says, remedy, mend, true);
    }

    private static Row inSpec(
            String input, Change spoil, String reason, String says, String remedy, Change mend) {
        return new Row(input, spoil, reason, says, remedy, mend, false);
    }

    /** A sound store and a job that knows it, until they are changed. */
    static final class Surroundings implements AutoCloseable {

        private final Path directory;
        private final ListenAddress address;
        private final KeyPair keys;
        private final Map<String, String> environment = new HashMap<>();
        private LocalS3 s3;
        private URI endpoint;
        private Optional<ServerSocket> mute = Optional.empty();

        private Surroundings(Path directory, ListenAddress address, KeyPair keys) {
            this.directory = directory;
            this.address = address;
            this.keys = keys;
        }

        static Surroundings in(Path directory) throws Exception {
            var around =
                    new Surroundings(
                            directory,
                            ListenAddress.free("127.0.0.1"),
                            KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
            around.startStore();
            around.endpoint = around.s3.endpoint();
            return around;
        }

        LocalS3 s3() {
            return s3;
        }

        Map<String, String> environment() {
            return environment;
        }

        KeyPair keys() {
            return keys;
        }

        void endpoint(String url) {
            endpoint = URI.create(url);
        }

        void startStore() throws Exception {
            s3 = LocalS3.start(Files.createDirectories(directory.resolve("store")), address);
            s3.createBucket();
        }

        /** At the same place, with nothing in it. */
        void restartStore() throws Exception {
            s3.close();
            s3 = LocalS3.start(Files.createDirectories(directory.resolve("empty")), address);
        }

        /** Takes connections and says nothing. */
        void hang() throws Exception {
            var socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            mute = Optional.of(socket);
            endpoint("http://127.0.0.1:" + socket.getLocalPort());
        }

        /** Checkpoints are as far apart as by default, and little else is of consequence here. */
        JobDescription job() {
            JobDescription quick = Descriptions.of(s3, keys, Backend.HASH_MAP);
            JobDescription.Storage storage = quick.storage();
            return new JobDescription(
                    quick.namespace(),
                    quick.name(),
                    quick.jobUid(),
                    quick.revision(),
                    new JobDescription.Storage(
                            storage.root(),
                            storage.region(),
                            Optional.of(endpoint),
                            storage.pathStyle()),
                    quick.state(),
                    new JobDescription.Checkpointing(
                            Duration.ofSeconds(10),
                            Duration.ZERO,
                            Duration.ofMinutes(10),
                            false,
                            3),
                    quick.restart(),
                    quick.parallelism(),
                    quick.memory(),
                    quick.flinkConfiguration(),
                    quick.commandKeys(),
                    quick.rollAfter());
        }

        String filledIn(String text) {
            return text.replace("$root", job().storage().root().toString())
                    .replace("$endpoint", endpoint.toString());
        }

        @Override
        public void close() throws Exception {
            s3.close();
            if (mute.isPresent()) {
                mute.get().close();
            }
        }
    }
}
