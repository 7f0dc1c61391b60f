package dev.weir.e2e.suites;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.cli.admission.Corpus;
import dev.weir.e2e.node.Cluster;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The verdicts of the corpus are the API server's. A unit test holds the local world's admission to
 * the same verdicts, so that both say the same of each manifest, in the same words.
 */
class AdmissionIT {

    private static Cluster cluster;
    private static CorpusKind kind;

    @BeforeAll
    static void theApiServerHasTheKind() throws IOException {
        cluster = Cluster.connect();
        kind = CorpusKind.register(cluster);
    }

    @AfterAll
    static void theKindGoes() {
        kind.close();
        cluster.close();
    }

    static List<Corpus.Entry> good() {
        return Corpus.good();
    }

    static List<Corpus.Entry> bad() {
        return Corpus.bad();
    }

    @ParameterizedTest
    @MethodSource("good")
    void theApiServerAdmitsWhatIsGoodAndStoresItSo(Corpus.Entry entry) {
        JsonNode answer = kind.judge(entry);
        assertThat(answer.path("kind").asText()).as(answer.toString()).isEqualTo("StreamJob");
        assertThat(CorpusKind.asTheUserSees(answer))
                .isEqualTo(kind.read(kind.inThisGroup(entry.verdict())));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void theApiServerOrKubectlBeforeItRefusesWhatIsBadInTheseWords(Corpus.Entry entry)
            throws IOException {
        String verdict = kind.inThisGroup(entry.verdict());
        if (isTheApiServers(verdict)) {
            assertThat(CorpusKind.text(kind.judge(entry)).lines())
                    .containsExactlyInAnyOrderElementsOf(verdict.lines().toList());
        } else {
            assertThat(kind.kubectlRefuses(entry))
                    .hasValueSatisfying(printed -> assertThat(printed).contains(verdict.strip()));
        }
    }

    /** Of what is no StreamJob the API server is not asked. */
    private static boolean isTheApiServers(String verdict) {
        return verdict.startsWith("The StreamJob") || verdict.startsWith("StreamJob in version");
    }
}
