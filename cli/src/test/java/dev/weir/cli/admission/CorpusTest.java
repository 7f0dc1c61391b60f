package dev.weir.cli.admission;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.cli.admission.Admission.Admitted;
import dev.weir.cli.admission.Admission.Refused;
import dev.weir.cli.admission.Corpus.Entry;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The doorkeeper's verdict on each manifest of the corpus is the API server's. */
class CorpusTest {

    private static final Doorkeeper DOORKEEPER = Doorkeeper.ofStreamJobs();

    static List<Entry> good() {
        return Corpus.good();
    }

    static List<Entry> bad() {
        return Corpus.bad();
    }

    @ParameterizedTest
    @MethodSource("good")
    void whatTheApiServerAdmitsIsAdmittedAndStoredAlike(Entry entry) {
        assertThat(verdict(entry)).isEqualTo(new Admitted(object(entry.verdict())));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void whatTheApiServerRefusesIsRefusedInTheSameWords(Entry entry) {
        assertThat(verdict(entry))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused ->
                                assertThat(refused.text().lines())
                                        .containsExactlyInAnyOrderElementsOf(
                                                entry.verdict().lines().toList()));
    }

    @Test
    void theCorpusIsThere() {
        assertThat(good()).hasSizeGreaterThanOrEqualTo(15);
        assertThat(bad()).hasSizeGreaterThanOrEqualTo(45);
    }

    private static Admission verdict(Entry entry) {
        Optional<JsonNode> stored =
                entry.before()
                        .map(before -> admit(before, Optional.empty()))
                        .map(admission -> ((Admitted) admission).resource());
        return admit(entry.manifest(), stored);
    }

    private static Admission admit(String text, Optional<JsonNode> stored) {
        var manifests = Manifest.read(text);
        assertThat(manifests).hasSize(1);
        return DOORKEEPER.admit(manifests.getFirst(), "default", stored);
    }

    private static ObjectNode object(String yaml) {
        return (ObjectNode) ((Manifest.Parsed) Manifest.read(yaml).getFirst()).content();
    }
}
