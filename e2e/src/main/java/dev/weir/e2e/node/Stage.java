package dev.weir.e2e.node;

import dev.weir.e2e.servers.TestServers;
import dev.weir.sandbox.servers.S3Credentials;
import java.util.HashMap;
import java.util.Map;

/**
 * What suites and benchmarks play on: the cluster, Weir as its chart installs it, Kafka and S3.
 * Built once a run.
 */
public record Stage(Cluster cluster, TestServers servers, Bucket bucket, WeirInstallation weir)
        implements AutoCloseable {

    /** The bridge's address: where the node's pods reach servers of this machine. */
    private static final String HOST = "10.77.0.1";

    static final String STORAGE_SECRET = "weir-storage";

    public static Stage build() throws Exception {
        Cluster cluster = Cluster.connect();
        TestServers servers = TestServers.use(cluster.repository().resolve(".weir/servers"), HOST);
        WeirInstallation weir = WeirInstallation.install(cluster, storageDefault(servers));
        // With the operator there, which lets go of the jobs among them.
        cluster.deleteLeftOvers();
        return new Stage(
                cluster, servers, new Bucket(servers.s3Endpoint(), servers.bucket()), weir);
    }

    /** A fresh namespace where jobs find their storage credentials. */
    public String namespace(String purpose) {
        String namespace = cluster.createNamespace(purpose);
        JobUnderTest.giveStorageSecret(
                cluster,
                namespace,
                STORAGE_SECRET,
                S3Credentials.TEST.accessKeyId(),
                S3Credentials.TEST.secretAccessKey());
        return namespace;
    }

    /** Installs Weir again, with further values of the chart; without any, as it was at first. */
    public void reconfigure(Map<String, String> values) {
        Map<String, String> all = new HashMap<>(storageDefault(servers));
        all.putAll(values);
        WeirInstallation.install(cluster, all);
    }

    @Override
    public void close() {
        weir.uninstall();
        bucket.close();
        servers.close();
        cluster.close();
    }

    /** Values of the chart that make the test store the default storage of all jobs. */
    static Map<String, String> storageDefault(TestServers servers) {
        return Map.of(
                "storage.uri",
                "s3://" + servers.bucket(),
                "storage.endpoint",
                servers.s3Endpoint(),
                "storage.pathStyle",
                "true",
                "storage.credentialsSecret",
                STORAGE_SECRET);
    }
}
