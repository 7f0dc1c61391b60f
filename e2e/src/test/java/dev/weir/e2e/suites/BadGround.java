package dev.weir.e2e.suites;

import dev.weir.e2e.node.Bucket;
import dev.weir.e2e.node.JobUnderTest;
import dev.weir.e2e.node.Kubectl;
import dev.weir.e2e.node.Stage;
import dev.weir.sandbox.servers.ListenAddress;
import dev.weir.sandbox.servers.S3Credentials;
import dev.weir.sandbox.servers.S3Server;
import dev.weir.sandbox.servers.StoreMood;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Where one mistake is made: a namespace of its own, with servers of its own where it takes some,
 * which all go when it closes.
 */
final class BadGround implements AutoCloseable {

    static final String JOB = "mistaken";

    /** Of a store of the ground's own. */
    static final String BUCKET = "jobs";

    private static final String CORRECT =
            """
            CREATE TABLE flights (origin STRING, carrier STRING, dep_delay INT) WITH ('connector' = 'datagen', 'rows-per-second' = '10');
            CREATE TABLE delays (carrier STRING, minutes BIGINT) WITH ('connector' = 'blackhole');
            INSERT INTO delays SELECT carrier, COUNT(*) FROM flights GROUP BY carrier;
            """;

    private final Stage stage;
    private final String namespace;
    private final ListenAddress address;
    private final Path directory;
    private final Deque<AutoCloseable> servers = new ArrayDeque<>();
    private Optional<S3Server> s3 = Optional.empty();

    private BadGround(Stage stage, String namespace, ListenAddress address, Path directory) {
        this.stage = stage;
        this.namespace = namespace;
        this.address = address;
        this.directory = directory;
    }

    static BadGround of(Stage stage, String purpose) throws IOException {
        String host = URI.create(stage.servers().s3Endpoint()).getHost();
        return new BadGround(
                stage,
                stage.namespace(purpose),
                ListenAddress.free(host),
                Files.createTempDirectory(purpose));
    }

    Stage stage() {
        return stage;
    }

    String namespace() {
        return namespace;
    }

    /** Where nothing listens, unless a server of this ground's own was started there. */
    ListenAddress address() {
        return address;
    }

    JobUnderTest job() {
        return JobUnderTest.of(stage.cluster(), namespace, JOB);
    }

    /** With kubectl, as a user does; what is there already is changed. */
    void apply(String spec) throws IOException {
        Path manifest = directory.resolve("job.yaml");
        Files.writeString(manifest, manifest(spec));
        new Kubectl(stage.cluster())
                .run("apply", "--namespace", namespace, "--filename", manifest.toString());
    }

    static String manifest(String spec) {
        return """
                apiVersion: weir.dev/v1alpha1
                kind: StreamJob
                metadata: {name: %s}
                spec:
                """
                        .formatted(JOB)
                + spec.indent(2);
    }

    /** A spec that is small and, but for {@code more}, in order. */
    static String spec(String more) {
        return spec(CORRECT, more);
    }

    static String spec(String script, String more) {
        return "program:\n  sql: |\n"
                + script.indent(4)
                + (more.contains("resources:") ? "" : "resources: {cpu: 10m, memory: 640Mi}\n")
                // Fourteen JVMs that start on two cores are silent for longer than one.
                + "failureDetection: {timeout: 30s}\n"
                + more;
    }

    /** The correct script with another expression over a flight's delay. */
    static String script(String expression) {
        return CORRECT.replace("COUNT(*)", "SUM(" + expression + ")");
    }

    String storage(String uri, String endpoint, String secret) {
        return "storage: {uri: %s, endpoint: %s, pathStyle: true, credentialsSecret: %s}\n"
                .formatted(uri, endpoint, secret);
    }

    /** A store of this ground's own at its address, with one bucket. */
    void startS3(StoreMood mood) throws IOException {
        S3Server started = S3Server.start(address, directory.resolve("s3"), S3Credentials.TEST);
        started.createBucket(BUCKET);
        started.mood(mood);
        servers.push(started);
        s3 = Optional.of(started);
    }

    void mendS3() {
        s3.orElseThrow().mood(StoreMood.SOUND);
    }

    /** Takes connections and says nothing. */
    void hang() throws IOException {
        servers.push(new ServerSocket(address.port(), 50, InetAddress.getByName(address.host())));
    }

    void createBucket(String name) {
        try (S3Client s3 = Bucket.client(stage.servers().s3Endpoint())) {
            s3.createBucket(request -> request.bucket(name));
        }
    }

    void giveSecret(String name, String key) {
        JobUnderTest.giveStorageSecret(
                stage.cluster(), namespace, name, S3Credentials.TEST.accessKeyId(), key);
    }

    void correctSecret(String name) {
        new Kubectl(stage.cluster())
                .run(
                        "patch",
                        "secret",
                        name,
                        "--namespace",
                        namespace,
                        "--type=merge",
                        "--patch={\"stringData\":{\"AWS_SECRET_ACCESS_KEY\":\"%s\"}}"
                                .formatted(S3Credentials.TEST.secretAccessKey()));
    }

    /** The namespace first: its job is let go while its store still answers. */
    @Override
    public void close() throws Exception {
        try {
            stage.cluster().deleteNamespace(namespace);
        } finally {
            for (AutoCloseable server : servers) {
                server.close();
            }
        }
    }
}
