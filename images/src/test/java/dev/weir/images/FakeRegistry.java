package dev.weir.images;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * As much of the registry protocol as a push needs; keeps blobs and manifests in memory. It speaks
 * TLS with a certificate that nobody signed, which a push to this machine accepts.
 */
final class FakeRegistry implements AutoCloseable {

    final Map<String, byte[]> blobs = new ConcurrentHashMap<>();
    final Map<String, byte[]> manifests = new ConcurrentHashMap<>();

    private final Map<String, byte[]> uploads = new ConcurrentHashMap<>();
    private final HttpsServer server;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

    FakeRegistry(Path folder) throws IOException, GeneralSecurityException {
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(identity(folder)));
        server.createContext("/v2/", this::answer);
        server.setExecutor(executor);
        server.start();
    }

    private static SSLContext identity(Path folder) throws IOException, GeneralSecurityException {
        var store = folder.resolve("registry.p12");
        var password = "of-no-secret";
        new Command(
                        List.of(
                                HostJdk.running().home().resolve("bin/keytool").toString(),
                                "-genkeypair",
                                "-keyalg",
                                "EC",
                                "-dname",
                                "CN=localhost",
                                "-keystore",
                                store.toString(),
                                "-storepass",
                                password),
                        folder,
                        folder.resolve("keytool.log"))
                .run("keytool", Duration.ofMinutes(1));
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(
                KeyStore.getInstance(store.toFile(), password.toCharArray()),
                password.toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    String name() {
        return "localhost:" + server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var path = exchange.getRequestURI().getPath();
            var last = path.substring(path.lastIndexOf('/') + 1);
            var body = exchange.getRequestBody().readAllBytes();
            var status =
                    switch (exchange.getRequestMethod()) {
                        case "HEAD", "GET" ->
                                path.equals("/v2/") || blobs.containsKey(last) ? 200 : 404;
                        case "POST" -> {
                            exchange.getResponseHeaders().add("Location", path + uploads.size());
                            uploads.put(path + uploads.size(), body);
                            yield 202;
                        }
                        case "PATCH" -> {
                            exchange.getResponseHeaders().add("Location", path);
                            uploads.put(path, body);
                            yield 202;
                        }
                        case "PUT" -> {
                            put(exchange, path, last, body);
                            yield 201;
                        }
                        case String other -> throw new IOException("unexpected " + other);
                    };
            exchange.sendResponseHeaders(status, -1);
        }
    }

    private void put(HttpExchange exchange, String path, String last, byte[] body) {
        if (path.contains("/manifests/")) {
            exchange.getResponseHeaders().add("Docker-Content-Digest", digest(body));
            manifests.put(last, body);
        } else {
            var content = uploads.get(path);
            blobs.put(digest(content), content);
        }
    }

    private static String digest(byte[] content) {
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        executor.close();
    }
}
