package dev.weir.cli.verb;

import static dev.weir.cli.fake.Session.DELAYS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.cli.fake.Session;
import dev.weir.cli.fake.Session.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class EditTest {

    private final Session session = new Session().withDelaysRunning();
    private final List<String> opened = new ArrayList<>();

    /** Each time the editor opens, the next edit is made; it must not open more often. */
    @SafeVarargs
    private Session editing(UnaryOperator<String>... edits) {
        return session.editing(
                text -> {
                    opened.add(text);
                    return edits[opened.size() - 1].apply(text);
                });
    }

    private static UnaryOperator<String> parallelism(String value) {
        return text -> text.replaceAll("parallelism: \\S+", "parallelism: " + value);
    }

    private String parallelismNow() {
        return session.place().job(DELAYS).orElseThrow().text("/spec/parallelism");
    }

    @Test
    void whatIsLeftIsTaken() {
        assertThat(editing(parallelism("3")).weir("edit", "delays"))
                .isEqualTo(new Answer(0, "streamjob.weir.dev/delays edited\n", ""));
        assertThat(parallelismNow()).isEqualTo("3");
    }

    @Test
    void theTextHoldsWhatUsersSayAndNothingElse() {
        editing(text -> text).weir("edit", "delays");
        assertThat(opened.getFirst())
                .startsWith("# The StreamJob demo/delays. ")
                .contains("parallelism: 2")
                .doesNotContain("status:", "uid:", "resourceVersion:", "generation:");
    }

    @Test
    void leftAsItIsOrEmptyNothingIsChanged() {
        assertThat(editing(text -> text.replace("# ", "#  "), _ -> "#\n").weir("edit", "delays"))
                .isEqualTo(new Answer(0, "Edit cancelled, no changes made\n", ""));
        assertThat(session.weir("edit", "delays").out())
                .isEqualTo("Edit cancelled, no changes made\n");
        assertThat(parallelismNow()).isEqualTo("2");
    }

    @Test
    void aRefusedEditOpensAgainWithTheReasonsOnTop() {
        assertThat(editing(parallelism("0"), parallelism("4")).weir("edit", "delays").code())
                .isZero();
        assertThat(opened.get(1))
                .startsWith(
                        """
                        # The StreamJob "delays" is invalid: spec.parallelism must be at least 1
                        apiVersion: weir.dev/v1alpha1
                        """)
                .contains("parallelism: 0");
        assertThat(parallelismNow()).isEqualTo("4");
    }

    @Test
    void textThatIsNoYamlOpensAgainToo() {
        editing(text -> text + "spec: [", parallelism("5")).weir("edit", "delays");
        assertThat(opened.get(1)).startsWith("# The StreamJob \"delays\" is invalid: no YAML: ");
    }

    @Test
    void aRefusedEditThatIsLeftAsItIsIsKeptInAFile() throws IOException {
        var answer = editing(parallelism("0"), text -> text).weir("edit", "delays");
        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.err())
                .startsWith("The StreamJob \"delays\" is invalid: spec.parallelism must be");
        var kept = Path.of(answer.err().replaceAll("(?s).* is kept in (\\S+)\\n", "$1"));
        assertThat(Files.readString(kept)).contains("parallelism: 0");
        Files.delete(kept);
    }

    @Test
    void anotherNameIsNoEdit() {
        editing(text -> text.replace("name: delays", "name: others"), _ -> "")
                .weir("edit", "delays");
        assertThat(opened.get(1)).contains("metadata.name and metadata.namespace can't be edited");
        assertThat(session.weir("get", "-o", "name").out())
                .isEqualTo("streamjob.weir.dev/delays\n");
    }

    @Test
    void whatSomebodyElseChangedMeanwhileIsNotOverwritten() throws IOException {
        var answer =
                editing(
                                text -> {
                                    var spec = session.place().job(DELAYS).orElseThrow().json();
                                    session.place()
                                            .edit(
                                                    DELAYS,
                                                    spec.withObject("/spec").put("parallelism", 9));
                                    return parallelism("3").apply(text);
                                })
                        .weir("edit", "delays");
        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.err()).contains("somebody else changed or deleted it meanwhile");
        assertThat(parallelismNow()).isEqualTo("9");
        Files.delete(Path.of(answer.err().replaceAll("(?s).* is kept in (\\S+)\\n", "$1")));
    }

    @Test
    void kubectlsOwnNoteIsNotShownAndStays() {
        var json = session.place().job(DELAYS).orElseThrow().json();
        var note = "kubectl.kubernetes.io/last-applied-configuration";
        json.withObject("/metadata/annotations").put(note, "{}");
        session.place().put(json);
        editing(parallelism("3")).weir("edit", "delays");
        assertThat(opened.getFirst()).doesNotContain("last-applied").doesNotContain("annotations");
        assertThat(session.place().job(DELAYS).orElseThrow().json().at("/metadata/annotations"))
                .hasToString("{\"" + note + "\":\"{}\"}");
    }

    @Test
    void aJobThatIsNotThereCantBeEdited() {
        assertThat(editing().weir("edit", "nothing").code()).isEqualTo(1);
        assertThat(opened).isEmpty();
    }
}
