package dev.weir.cli.verb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.cli.fake.Session;
import dev.weir.cli.fake.Session.Answer;
import dev.weir.cli.fake.StrictReading;
import dev.weir.cli.manifest.Manifests;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InitTest {

    private final Session session = new Session();

    @ParameterizedTest
    @EnumSource
    void theOperatorTakesEachTemplateAsItIs(Template template, @TempDir Path folder)
            throws IOException {
        var file = folder.resolve("job.yaml");
        assertThat(session.weir("init", template.word(), "-o", file.toString()).code()).isZero();
        var found =
                new Manifests(InputStream.nullInputStream(), Optional.empty(), "demo")
                        .read(List.of(file.toString()));
        assertThat(found)
                .singleElement()
                .isInstanceOfSatisfying(
                        Manifests.Job.class,
                        job -> assertThat(StrictReading.problems(job.document())).isEmpty());
        assertThat(session.weir("apply", "-f", file.toString()).out())
                .isEqualTo("streamjob.weir.dev/" + template.word() + " created\n");
    }

    @ParameterizedTest
    @EnumSource
    void aNameGoesWhereverTheTemplateNamesItself(Template template) {
        var out = session.weir("init", template.word(), "--name", "mine").out();
        assertThat(out).contains("\n  name: mine\n").doesNotContain("${name}");
    }

    @Test
    void whatIsPrintedCanBeApplied() {
        var manifest = session.weir("init").out();
        assertThat(session.weirReading(manifest, "apply", "-f", "-").out())
                .isEqualTo("streamjob.weir.dev/sql created\n");
    }

    @Test
    void theTemplatesAreListed() {
        assertThat(session.weir("init", "list").out())
                .contains("sql              made-up records")
                .contains("kafka-to-kafka   reads a topic")
                .contains("upsert           keeps a result");
    }

    @Test
    void aFileThatIsThereIsLeftAsItIs(@TempDir Path folder) throws IOException {
        var file = Files.writeString(folder.resolve("job.yaml"), "mine");
        var answer = session.weir("init", "upsert", "-o", file.toString());
        assertThat(answer)
                .isEqualTo(new Answer(1, "", file + " is there already, and was left as it is\n"));
        assertThat(file).hasContent("mine");
    }

    @Test
    void otherTemplatesAndNamesMakeNoSense() {
        assertThat(session.weir("init", "magic").code()).isEqualTo(2);
        assertThat(session.weir("init", "sql", "--name", "Not_A_Name").code()).isEqualTo(2);
        assertThat(session.weir("init", "sql", "--name", "a".repeat(41)).code()).isEqualTo(2);
        assertThat(session.weir("init", "sql", "--name", "a".repeat(40)).code()).isZero();
    }
}
