package dev.weir.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds all pages to what they point at, and each check to planted pages. */
class PagesTest {

    private static Pages repository;

    @BeforeAll
    static void readTheRepository() throws IOException, InterruptedException {
        Path root = Path.of("").toAbsolutePath().getParent();
        repository = Pages.of(Project.ofRepository(), path -> Files.exists(root.resolve(path)));
    }

    @Test
    void thePagesAndTheLauncherAreSeen() {
        assertThat(repository.pages())
                .extracting(TextFile::path)
                .contains("README.md", "DEVELOPERS.md", "docs/ledger.md");
        assertThat(repository.launcher()).startsWith("#!");
    }

    @Test
    void everyVerbThatIsNamedIsOneOfTheLauncher() {
        assertThat(repository.unknownVerbs()).isEmpty();
    }

    @Test
    void everyRelativeLinkLeadsSomewhere() {
        assertThat(repository.deadLinks()).isEmpty();
    }

    @Test
    void everyPathThatIsNamedIsInTheRepository() {
        assertThat(repository.deadPaths()).isEmpty();
    }

    @Test
    void everyTestThatIsNamedIsThere() {
        assertThat(repository.unknownTests()).isEmpty();
    }

    @Test
    void aTestThatIsNotThereIsFoundAndOneThatIsThereIsNot() {
        assertThat(planted("see `GoneTest` and `KeptIT`").unknownTests())
                .singleElement()
                .extracting(Finding::remedy)
                .asString()
                .contains("GoneTest");
    }

    @ParameterizedTest
    @ValueSource(strings = {"run `./weir fly`", "./weir verify && ./weir fly --high"})
    void aVerbThatTheLauncherDoesNotKnowIsFound(String text) {
        assertThat(planted(text).unknownVerbs())
                .singleElement()
                .hasToString(
                        "docs/planted.md:2: './weir fly' is no verb of the launcher; correct the page or"
                                + " add the verb");
    }

    @Test
    void knownVerbsAndPlaceholdersAreNoBreach() {
        assertThat(
                        planted(
                                        "`./weir verify`, `./weir help`, `./weir VERB`, `./weir apply -f x`")
                                .unknownVerbs())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[a](gone.md)",
                "[a](../docs/gone.md)",
                "[a](planted.md#gone)",
                "[a](#gone)",
                "[a](../README.md#a-title)"
            })
    void aLinkThatLeadsNowhereIsFound(String text) {
        assertThat(planted(text).deadLinks()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[a](planted.md)",
                "[a](../README.md)",
                "[a](#a-title)",
                "[a](https://flink.apache.org/gone.md#gone)"
            })
    void aLinkThatLeadsSomewhereIsNone(String text) {
        assertThat(planted(text).deadLinks()).isEmpty();
    }

    @Test
    void aPathThatIsNotThereIsFoundAndOneThatIsThereIsNot() {
        assertThat(planted("apply config/gone.yaml").deadPaths()).hasSize(1);
        assertThat(planted("see docs/planted.md, or any/config/gone.yaml.").deadPaths()).isEmpty();
    }

    /** A page with the text below its title, in a repository of little else. */
    private static Pages planted(String text) {
        return new Pages(
                "usage:\n  apply get\n  verify   all\ncase $verb in\n  verify) run ;;\n  help | --help) usage ;;\nesac\n",
                List.of(
                        new TextFile("docs/planted.md", "# A title\n" + text),
                        new TextFile("README.md", "# Another")),
                List.of("a/src/test/java/KeptIT.java"),
                Set.of("docs/planted.md", "README.md")::contains);
    }
}
