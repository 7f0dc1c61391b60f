package dev.weir.e2e.suites;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.cli.admission.Corpus;
import dev.weir.e2e.node.Await;
import dev.weir.e2e.node.Cluster;
import dev.weir.e2e.node.Kubectl;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * StreamJobs as the API server judges them and nobody runs them: a kind with the committed
 * definition, in a group of its own that no operator watches. Manifests are sent as they stand,
 * strictly validated; nothing but what an update needs to be there is ever stored, and all goes
 * with the kind.
 */
final class CorpusKind implements AutoCloseable {

    private static final Duration BOUND = Duration.ofSeconds(30);
    private static final String DEFINITION = "crds/generated/streamjobs.weir.dev-v1alpha1.yml";
    private static final String DEFINITIONS =
            "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
    private static final String DRY_RUN = "?dryRun=All&fieldValidation=Strict&fieldManager=corpus";

    /** Told apart from one call to the next by the server, and of no user's making. */
    private static final List<String> OWN_METADATA =
            List.of("uid", "creationTimestamp", "resourceVersion", "managedFields");

    private final Cluster cluster;
    private final String group;

    private CorpusKind(Cluster cluster, String group) {
        this.cluster = cluster;
        this.group = group;
    }

    static CorpusKind register(Cluster cluster) throws IOException {
        byte[] random = new byte[3];
        ThreadLocalRandom.current().nextBytes(random);
        String group = "corpus-" + HexFormat.of().formatHex(random) + ".weir.dev";
        CorpusKind kind = new CorpusKind(cluster, group);
        String definition =
                Files.readString(cluster.repository().resolve(DEFINITION))
                        .replace("name: streamjobs.weir.dev\n", "name: streamjobs." + group + "\n")
                        .replace("group: weir.dev\n", "group: " + group + "\n");
        kind.send("POST", DEFINITIONS, definition);
        Await.that("the kind is served", BOUND, () -> kind.get(kind.jobs("")).has("items"));
        return kind;
    }

    /** The manifest's group is this one's instead of Weir's; so it must be in what is expected. */
    String inThisGroup(String text) {
        return text.replace("weir.dev/v1alpha1", group + "/v1alpha1");
    }

    /** What the API server answers to a user who creates it, or replaces what was there before. */
    JsonNode judge(Corpus.Entry entry) {
        String manifest = inThisGroup(entry.manifest());
        if (entry.before().isEmpty()) {
            return send("POST", jobs("") + DRY_RUN, manifest);
        }
        JsonNode stored = send("POST", jobs(""), inThisGroup(entry.before().get()));
        JsonNode metadata = stored.path("metadata");
        String job = jobs("/" + metadata.path("name").asText());
        try {
            return send(
                    "PUT",
                    job + DRY_RUN,
                    manifest.replace(
                            "metadata:\n",
                            "metadata:\n  resourceVersion: \"%s\"\n"
                                    .formatted(metadata.path("resourceVersion").asText())));
        } finally {
            send("DELETE", job, "");
        }
    }

    /** What kubectl prints of a manifest that it does not hand on; empty: it does. */
    Optional<String> kubectlRefuses(Corpus.Entry entry) throws IOException {
        Path file = Files.createTempFile("manifest", ".yaml");
        try {
            Files.writeString(file, inThisGroup(entry.manifest()));
            Kubectl.Outcome outcome =
                    new Kubectl(cluster)
                            .attempt("apply", "--dry-run=server", "--filename", file.toString());
            return outcome.code() == 0 ? Optional.empty() : Optional.of(outcome.text());
        } finally {
            Files.delete(file);
        }
    }

    /** A refusal, as kubectl prints it without a prefix of its own. */
    static String text(JsonNode status) {
        JsonNode details = status.path("details");
        List<String> causes =
                details.path("causes")
                        .valueStream()
                        .map(
                                one ->
                                        one.path("field").asText()
                                                + ": "
                                                + one.path("message").asText())
                        .distinct()
                        .toList();
        if (!status.path("reason").asText().equals("Invalid")) {
            return status.path("message").asText();
        }
        String title =
                "The %s \"%s\" is invalid:"
                        .formatted(details.path("kind").asText(), details.path("name").asText());
        return causes.size() == 1
                ? title + " " + causes.getFirst()
                : causes.stream()
                        .map(cause -> "\n* " + cause)
                        .collect(Collectors.joining("", title, ""));
    }

    /** A resource without what only the server says. */
    static JsonNode asTheUserSees(JsonNode resource) {
        ObjectNode copy = resource.deepCopy();
        copy.withObject("/metadata").remove(OWN_METADATA);
        return copy;
    }

    JsonNode read(String yaml) {
        return cluster.client().getKubernetesSerialization().unmarshal(yaml, JsonNode.class);
    }

    private String jobs(String name) {
        return "/apis/" + group + "/v1alpha1/namespaces/default/streamjobs" + name;
    }

    private JsonNode get(String path) {
        return send("GET", path, "");
    }

    private JsonNode send(String method, String path, String yaml) {
        String server = cluster.client().getMasterUrl().toString().replaceFirst("/$", "");
        HttpRequest.Builder request =
                cluster.client().getHttpClient().newHttpRequestBuilder().uri(server + path);
        if (!yaml.isEmpty()) {
            request.method(method, "application/yaml", yaml);
        } else if (method.equals("DELETE")) {
            request.delete("application/json", "{}");
        }
        try {
            HttpResponse<String> answer =
                    cluster.client()
                            .getHttpClient()
                            .sendAsync(request.build(), String.class)
                            .get(BOUND.toSeconds(), TimeUnit.SECONDS);
            return read(answer.bodyString());
        } catch (ExecutionException | TimeoutException | IOException e) {
            throw new AssertionError("the API server does not answer " + method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted before the API server answered", e);
        }
    }

    @Override
    public void close() {
        send("DELETE", DEFINITIONS + "/streamjobs." + group, "");
    }
}
