package dev.weir.cli.admission;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.cli.admission.Admission.Admitted;
import dev.weir.cli.admission.Admission.Refused;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the corpus can't show, as the API server is not the only one to say it. */
class DoorkeeperTest {

    private static final Doorkeeper DOORKEEPER = Doorkeeper.ofStreamJobs();

    private static final String JOB =
            """
            apiVersion: weir.dev/v1alpha1
            kind: StreamJob
            metadata:
              name: delays
            spec:
              program:
                sql: SELECT 1
            """;

    @Test
    void eachDocumentOfAFileIsJudgedByItselfAndEmptyOnesAreNone() {
        var manifests =
                Manifest.read(
                        JOB
                                + "---\n# nothing but words\n---\n"
                                + JOB.replace("SELECT 1", "''")
                                + "--- # the next is broken\nspec: [\n---\n"
                                + JOB);

        assertThat(manifests.stream().map(DoorkeeperTest::create).toList())
                .extracting(admission -> (Object) admission.getClass())
                .containsExactly(Admitted.class, Refused.class, Refused.class, Admitted.class);
    }

    @Test
    void textThatIsNoYamlIsRefusedWithItsLine() {
        assertThat(refusal(create("kind: StreamJob\nspec: {a: [\n")).text())
                .startsWith("error converting YAML to JSON: yaml: line 3: ");
        assertThat(refusal(create("a: .inf\n")).text())
                .isEqualTo("error converting YAML to JSON: json: unsupported value: +Inf");
        assertThat(refusal(create("a: &a [*a]\n")).text()).contains("contains itself");
    }

    @Test
    void wordsBehindASeparatorAreNotLost() {
        assertThat(Manifest.read("--- {kind: StreamJob}\n" + JOB))
                .first()
                .isEqualTo(
                        new Manifest.Unreadable(
                                "invalid Yaml document separator: {kind: StreamJob}"));
    }

    @Test
    void aListCountsAsItsItems() {
        var list =
                """
                apiVersion: v1
                kind: List
                items:
                - apiVersion: weir.dev/v1alpha1
                  kind: StreamJob
                  metadata: {name: a}
                  spec: {program: {sql: SELECT 1}}
                - apiVersion: weir.dev/v1alpha1
                  kind: StreamJob
                  metadata: {name: b}
                  spec: {program: {}}
                """;
        assertThat(Manifest.read(list).stream().map(DoorkeeperTest::create).toList())
                .extracting(admission -> (Object) admission.getClass())
                .containsExactly(Admitted.class, Refused.class);
    }

    @Test
    void jsonMayBeIndentedByTabs() {
        assertThat(
                        create(
                                "{\n\t\"apiVersion\": \"weir.dev/v1alpha1\", \"kind\": \"StreamJob\",\n"
                                        + "\t\"metadata\": {\"name\": \"delays\"},"
                                        + " \"spec\": {\"program\": {\"sql\": \"SELECT 1\"}}}"))
                .isEqualTo(create(JOB));
        assertThat(refusal(create("{\"kind\": }")).text()).startsWith("error parsing JSON: ");
    }

    @Test
    void aManifestNamesWhatIsToBeLookedUp() {
        var parsed = (Manifest.Parsed) Manifest.read(JOB).getFirst();
        assertThat(parsed.name()).contains("delays");
        assertThat(parsed.namespace()).isEmpty();
        assertThat(((Manifest.Parsed) Manifest.read("metadata: {name: 5}").getFirst()).name())
                .isEmpty();
    }

    @Test
    void theNamespaceIsThatOfTheManifestOrTheOneGiven() {
        assertThat(metadata(create(JOB)).path("namespace").asText()).isEqualTo("flights");
        assertThat(metadata(create(inNamespace("other"))).path("namespace").asText())
                .isEqualTo("other");
        assertThat(refusal(create(inNamespace("a.b"))).text())
                .isEqualTo(
                        "The StreamJob \"delays\" is invalid: metadata.namespace: Invalid value:"
                                + " \"a.b\": must not contain dots");
    }

    @Test
    void aTreeIsJudgedAsTheTextThatItCameFrom() {
        var tree = tree(JOB);
        tree.withObject("/spec").set("parallelism", IntNode.valueOf(4));
        assertThat(DOORKEEPER.admit(Manifest.of(tree), "flights", Optional.empty()))
                .isEqualTo(create(JOB + "  parallelism: 4\n"));
    }

    @Test
    void anUpdateKeepsWhatIsNotTheUsers() {
        var stored = stored(JOB);
        stored.withObject("/metadata").put("uid", "1-2-3").put("resourceVersion", "7");
        stored.withObject("/metadata").putArray("finalizers").add("weir.dev/ledger");
        stored.withObject("/status").put("term", 3);

        var updated = resource(update(JOB + "  parallelism: 2\n", stored));

        assertThat(updated.at("/metadata/uid").asText()).isEqualTo("1-2-3");
        assertThat(updated.at("/metadata/finalizers/0").asText()).isEqualTo("weir.dev/ledger");
        assertThat(updated.at("/metadata/generation").asLong()).isEqualTo(2);
        assertThat(updated.at("/status/term").asLong()).isEqualTo(3);
        assertThat(updated.at("/spec/parallelism").asLong()).isEqualTo(2);
    }

    @Test
    void theGenerationGrowsWithTheSpecAndWithNothingElse() {
        var stored = stored(JOB);
        assertThat(generation(update(JOB, stored))).isEqualTo(1);
        assertThat(generation(update(JOB + "  suspend: false\n", stored))).isEqualTo(1);
        assertThat(
                        generation(
                                update(
                                        JOB.replace(
                                                "name: delays", "name: delays\n  labels: {a: b}"),
                                        stored)))
                .isEqualTo(1);
        assertThat(generation(update(JOB + "  suspend: true\n", stored))).isEqualTo(2);
    }

    @Test
    void whatAnUpdateLeavesAsItWasIsToleratedThoughItWouldBeRefusedNow() {
        var stored = stored(JOB);
        stored.withObject("/spec").put("parallelism", 5000L);
        stored.withObject("/spec/checkpoint").put("interval", "never");
        var same = JOB + "  parallelism: 5000\n  checkpoint: {interval: never}\n";

        assertThat(update(same + "  suspend: true\n", stored)).isInstanceOf(Admitted.class);
        assertThat(refusal(update(same.replace("never", "now"), stored)).violations())
                .extracting(Violation::path)
                .containsExactly("spec.checkpoint.interval");
    }

    @Test
    void nothingThatWasHandedInIsChanged() {
        var tree = tree(JOB);
        var stored = stored(JOB + "  parallelism: 7\n");
        var before = List.of(tree.deepCopy(), stored.deepCopy());

        DOORKEEPER.admit(Manifest.of(tree), "flights", Optional.of(stored));

        assertThat(List.of(tree, stored)).isEqualTo(before);
    }

    @Test
    void eachViolationIsSaidOnceWithItsPath() {
        var refused = refusal(create(JOB + "  parallelism: 0\n  image: ''\n"));
        assertThat(refused.violations())
                .extracting(Violation::path)
                .containsExactly("spec.parallelism", "spec.image");
        assertThat(refused.text().lines().skip(1))
                .containsExactlyElementsOf(
                        refused.violations().stream().map(one -> "* " + one).toList());
    }

    @Test
    void aProgramMayBeLongAndNoLonger() {
        var longest = "x".repeat(200_000);
        assertThat(create(JOB.replace("SELECT 1", longest))).isInstanceOf(Admitted.class);
        assertThat(refusal(create(JOB.replace("SELECT 1", longest + "x"))).violations())
                .first()
                .hasToString("spec.program.sql: Too long: may not be more than 200000 bytes");
    }

    @Test
    void annotationsMayNotTakeMoreThanTheirRoom() {
        var manifest = tree(JOB);
        manifest.withObject("/metadata/annotations").put("note", "x".repeat(256 * 1024));
        var refused = refusal(DOORKEEPER.admit(Manifest.of(manifest), "flights", Optional.empty()));
        assertThat(refused.violations())
                .first()
                .hasToString("metadata.annotations: Too long: may not be more than 262144 bytes");
    }

    private static String inNamespace(String namespace) {
        return JOB.replace("name: delays", "name: delays\n  namespace: " + namespace);
    }

    private static Admission create(String text) {
        return create(Manifest.read(text).getFirst());
    }

    private static Admission create(Manifest manifest) {
        return DOORKEEPER.admit(manifest, "flights", Optional.empty());
    }

    private static Admission update(String text, JsonNode stored) {
        return DOORKEEPER.admit(Manifest.read(text).getFirst(), "flights", Optional.of(stored));
    }

    private static ObjectNode stored(String text) {
        return resource(create(text)).deepCopy();
    }

    private static ObjectNode tree(String text) {
        return JsonNodeFactory.instance
                .objectNode()
                .setAll((ObjectNode) ((Manifest.Parsed) Manifest.read(text).getFirst()).content());
    }

    private static ObjectNode resource(Admission admission) {
        assertThat(admission).isInstanceOf(Admitted.class);
        return ((Admitted) admission).resource();
    }

    private static JsonNode metadata(Admission admission) {
        return resource(admission).path("metadata");
    }

    private static long generation(Admission admission) {
        return metadata(admission).path("generation").longValue();
    }

    private static Refused refusal(Admission admission) {
        assertThat(admission).isInstanceOf(Refused.class);
        return (Refused) admission;
    }
}
