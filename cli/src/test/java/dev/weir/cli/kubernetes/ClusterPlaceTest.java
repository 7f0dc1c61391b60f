package dev.weir.cli.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.cli.kubernetes.ScriptedApiServer.Asked;
import dev.weir.cli.place.Admitted;
import dev.weir.cli.place.DeniedException;
import dev.weir.cli.place.JobDocument;
import dev.weir.cli.place.Scope;
import dev.weir.cli.place.UnreachableException;
import dev.weir.cli.show.Trees;
import dev.weir.operator.wake.JobKey;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes over the wire, and what is made of the answers; the rest is the contract's. */
class ClusterPlaceTest {

    private static final JobKey KEY = new JobKey("demo", "delays");
    private static final String JOBS = "/apis/weir.dev/v1alpha1/namespaces/demo/streamjobs";
    private static final Duration BOUND = Duration.ofSeconds(30);

    private final ScriptedApiServer server = new ScriptedApiServer();

    @TempDir private Path folder;
    private ClusterPlace place;

    @BeforeEach
    void connect() throws IOException {
        place = server.place(folder);
    }

    @AfterEach
    void disconnect() {
        place.close();
        server.close();
    }

    private static String job(String version, int generation, String spec) {
        return """
                {"apiVersion": "weir.dev/v1alpha1", "kind": "StreamJob", "metadata": {"name": "delays",
                 "namespace": "demo", "uid": "u1", "resourceVersion": "%s", "generation": %d}, "spec": %s}
                """
                .formatted(version, generation, spec);
    }

    private static String list(String version, String... jobs) {
        return """
                {"apiVersion": "weir.dev/v1alpha1", "kind": "StreamJobList",
                 "metadata": {"resourceVersion": "%s"}, "items": [%s]}
                """
                .formatted(version, String.join(",", jobs));
    }

    private static String status(int code, String reason, String message, String details) {
        return """
                {"apiVersion": "v1", "kind": "Status", "status": "Failure", "code": %d,
                 "reason": "%s", "message": "%s", "details": %s}
                """
                .formatted(code, reason, message, details);
    }

    private static JobDocument document(String spec) {
        try {
            return new JobDocument((ObjectNode) Trees.ofJson(job("", 0, spec))).written();
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private Asked lastAsked() {
        return server.asked().getLast();
    }

    @Test
    void aJobIsCreatedByAServerThatIsAskedToBeStrict() {
        server.then(200, list("9")).then(201, job("10", 1, "{}"));
        assertThat(place.apply(document("{\"parallelism\": 1}")))
                .isInstanceOf(Admitted.Created.class);
        assertThat(server.asked().getFirst().query())
                .contains("fieldSelector=metadata.name=delays");
        assertThat(lastAsked().method()).isEqualTo("POST");
        assertThat(lastAsked().path()).isEqualTo(JOBS);
        assertThat(lastAsked().query()).contains("fieldValidation=Strict");
    }

    @Test
    void aFieldThatNobodyKnowsGoesToTheServerWhoseSayItIs() {
        server.then(200, list("9")).then(201, job("10", 1, "{}"));
        place.apply(document("{\"standby\": {\"pods\": 1}}"));
        assertThat(lastAsked().body()).contains("\"standby\":{\"pods\":1}");
    }

    @Test
    void aChangeCarriesTheVersionThatItWasMadeFrom() {
        server.then(200, list("9", job("7", 1, "{\"parallelism\": 1}")))
                .then(200, job("8", 2, "{\"parallelism\": 2}"));
        assertThat(place.apply(document("{\"parallelism\": 2}")))
                .isInstanceOf(Admitted.Configured.class);
        assertThat(lastAsked().method()).isEqualTo("PUT");
        assertThat(lastAsked().path()).isEqualTo(JOBS + "/delays");
        assertThat(lastAsked().query()).contains("fieldValidation=Strict");
        assertThat(lastAsked().body()).contains("\"resourceVersion\":\"7\"", "\"uid\":\"u1\"");
    }

    @Test
    void whatTheServerLeavesAsItIsIsUnchanged() {
        server.then(200, list("9", job("7", 1, "{}"))).then(200, job("7", 1, "{}"));
        assertThat(place.apply(document("{}"))).isInstanceOf(Admitted.Unchanged.class);
    }

    @Test
    void aWriteThatMetAnotherIsMadeAgainFromWhatIsThereNow() {
        server.then(200, list("9", job("7", 1, "{}")))
                .then(409, status(409, "Conflict", "modified", "{\"kind\": \"streamjobs\"}"))
                .then(200, list("9", job("8", 1, "{}")))
                .then(200, job("9", 2, "{}"));
        assertThat(place.apply(document("{}"))).isInstanceOf(Admitted.Configured.class);
        assertThat(lastAsked().body()).contains("\"resourceVersion\":\"8\"");
    }

    @Test
    void anEditOfAnotherGenerationIsNotSent() {
        server.then(200, list("9", job("7", 3, "{}")));
        assertThat(place.replace(document("{}"), 2)).isEqualTo(new Admitted.Overtaken());
        assertThat(server.asked()).extracting(Asked::method).containsExactly("GET");
    }

    @Test
    void aJobThatIsBeingDeletedIsDeniedEverything() {
        var going =
                job("7", 2, "{}")
                        .replace(
                                "\"uid\"",
                                "\"deletionTimestamp\": \"2026-03-01T12:00:00Z\", \"uid\"");
        server.then(200, list("9", going));
        assertThatThrownBy(() -> place.apply(document("{}")))
                .isInstanceOf(DeniedException.class)
                .hasMessageContaining("it is being deleted");
    }

    @Test
    void everyCauseOfARefusalIsAProblem() {
        server.then(200, list("9"))
                .then(
                        422,
                        status(
                                422,
                                "Invalid",
                                "StreamJob is invalid",
                                """
                                {"kind": "StreamJob", "name": "delays", "causes": [
                                  {"reason": "FieldValueInvalid", "field": "spec.parallelism",
                                   "message": "Invalid value: 0: should be greater than or equal to 1"},
                                  {"reason": "FieldValueRequired", "field": "spec.program", "message": "Required value"}]}
                                """));
        assertThat(place.apply(document("{}")))
                .isEqualTo(
                        new Admitted.Refused(
                                List.of(
                                        "spec.parallelism: Invalid value: 0: should be greater than or equal to 1",
                                        "spec.program: Required value")));
    }

    @Test
    void everyUnknownFieldIsAProblem() {
        server.then(200, list("9"))
                .then(
                        400,
                        status(
                                400,
                                "BadRequest",
                                "StreamJob in version \\\"v1alpha1\\\" cannot be handled as a StreamJob: strict decoding error:"
                                        + " unknown field \\\"spec.a\\\", unknown field \\\"spec.b\\\"",
                                "{}"));
        assertThat(place.apply(document("{}")))
                .isEqualTo(
                        new Admitted.Refused(
                                List.of("unknown field \"spec.a\"", "unknown field \"spec.b\"")));
    }

    @Test
    void aClusterWithoutTheDefinitionHasNoStreamJobs() {
        server.then(404, "404 page not found\n");
        for (var scope :
                List.of(new Scope.One(KEY), new Scope.Everywhere(), new Scope.Namespace("demo"))) {
            assertThatThrownBy(() -> place.jobs(scope))
                    .isInstanceOf(DeniedException.class)
                    .hasMessageContaining("has no StreamJobs: install Weir's chart first");
        }
    }

    @Test
    void aNamespaceThatIsNotThereIsSaidInTheServersWords() {
        server.then(200, list("9"))
                .then(
                        404,
                        status(
                                404,
                                "NotFound",
                                "namespaces \\\"demo\\\" not found",
                                "{\"name\": \"demo\", \"kind\": \"namespaces\"}"));
        assertThatThrownBy(() -> place.apply(document("{}")))
                .isInstanceOf(DeniedException.class)
                .hasMessage("namespaces \"demo\" not found");
    }

    @Test
    void whatIsForbiddenIsSaidInTheServersWords() {
        server.then(403, status(403, "Forbidden", "streamjobs is forbidden: no", "{}"));
        assertThatThrownBy(() -> place.jobs(new Scope.Everywhere()))
                .isInstanceOf(DeniedException.class)
                .hasMessage("streamjobs is forbidden: no");
    }

    @Test
    void credentialsThatAreNotAcceptedAreSaidToBe() {
        server.then(401, status(401, "Unauthorized", "Unauthorized", "{}"));
        assertThatThrownBy(() -> place.jobs(new Scope.Everywhere()))
                .isInstanceOf(DeniedException.class)
                .hasMessageContaining(server.url())
                .hasMessageContaining("renew");
    }

    @Test
    void aServerThatIsNotWellIsUnreachable() {
        server.then(503, status(503, "ServiceUnavailable", "etcd is away", "{}"));
        assertThatThrownBy(() -> place.jobs(new Scope.Everywhere()))
                .isInstanceOf(UnreachableException.class)
                .hasMessageContaining("can't answer at the moment: etcd is away");
    }

    @Test
    void aServerThatIsNotThereIsUnreachableAndNamed() {
        server.close();
        assertThatThrownBy(() -> place.job(KEY))
                .isInstanceOf(UnreachableException.class)
                .hasMessageStartingWith(
                        "the cluster "
                                + server.url()
                                + " (context here) gives no answer (connection refused). Does it run")
                .hasMessageContaining("--context");
    }

    @Test
    void aWatchGoesOnWhereItsStreamEnds() {
        server.then(200, list("9", job("7", 1, "{}")))
                .then(
                        200,
                        "{\"type\": \"MODIFIED\", \"object\": "
                                + job("10", 2, "{}").replace("\n", " ")
                                + "}\n")
                .then(200, list("12", job("10", 2, "{}")))
                .then(200, "")
                .then(200, list("14"));
        var versions = new ArrayList<String>();
        var enough =
                place.watch(
                        new Scope.One(KEY),
                        Optional.of(BOUND),
                        (_, job) -> {
                            versions.add(job.map(JobDocument::version).orElse("gone"));
                            return job.isEmpty();
                        });
        assertThat(enough).isTrue();
        assertThat(versions).containsExactly("7", "10", "gone");
        assertThat(server.asked().get(1).query()).contains("watch=true", "resourceVersion=9");
    }

    private static Pod pod() {
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace("demo")
                .withName("delays-1")
                .endMetadata()
                .build();
    }

    @Test
    void aLogIsReadLineByLineForAsLongAsItIsWanted() {
        server.then(200, "one\ntwo\nthree\n");
        var lines = new ArrayList<String>();
        place.logs(
                pod(),
                Optional.of(5),
                false,
                line -> {
                    lines.add(line);
                    return lines.size() < 2;
                });
        assertThat(lines).containsExactly("one", "two");
        assertThat(lastAsked().path()).isEqualTo("/api/v1/namespaces/demo/pods/delays-1/log");
        assertThat(lastAsked().query()).contains("tailLines=5", "container=runtime");
    }

    @Test
    void aLogThatIsFollowedIsReadToItsEnd() {
        server.then(200, "one\ntwo\n");
        var lines = new ArrayList<String>();
        place.logs(pod(), Optional.empty(), true, lines::add);
        assertThat(lines).containsExactly("one", "two");
        assertThat(lastAsked().query()).contains("follow=true");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aPodThatHasNoLogYetIsSaidInTheServersWords(boolean follow) {
        var words = "container runtime in pod delays-1 is waiting to start: ContainerCreating";
        server.then(400, status(400, "BadRequest", words, "{}"));
        assertThatThrownBy(() -> place.logs(pod(), Optional.empty(), follow, _ -> true))
                .isInstanceOf(DeniedException.class)
                .hasMessage(words);
    }

    @Test
    void theNamespaceIsTheOneOfTheContext() {
        assertThat(place.defaultNamespace()).isEqualTo("demo");
    }

    @Test
    void aContextIsChosenByNameAndOneThatIsNotThereIsSaid() throws IOException {
        var files = List.of(server.kubeconfig(folder));
        try (var there = ClusterPlace.open(Optional.of("there"), files)) {
            assertThat(there.title()).endsWith("(context there)");
            assertThat(there.defaultNamespace()).isEqualTo("default");
        }
        assertThatThrownBy(() -> ClusterPlace.open(Optional.of("nowhere"), files))
                .isInstanceOf(DeniedException.class)
                .hasMessage("the kubeconfig has no context nowhere; it has here, there");
    }
}
