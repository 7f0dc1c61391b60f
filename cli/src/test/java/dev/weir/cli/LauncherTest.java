package dev.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.cli.fake.Session;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The scripts by which people reach the command line. */
class LauncherTest {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final long BOUND_SECONDS = 30;

    static Iterable<String> verbs() {
        return new Session().commands().getSubcommands().keySet();
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void theLaunchersHelpNamesEveryVerb(String verb) throws Exception {
        assertThat(run(ROOT.resolve("weir"), "help"))
                .startsWith("usage: ./weir VERB")
                .satisfies(
                        help ->
                                assertThat(verb)
                                        .matches(v -> v.equals("help") || help.contains(" " + v)));
    }

    @Test
    void theLaunchersHelpNamesWhatDevelopersNeedToo() throws Exception {
        assertThat(run(ROOT.resolve("weir"), "--help")).contains("\n  verify ", "\n  node up|down");
    }

    @Test
    void thePluginFindsTheLauncherThroughLinksAndSaysAsWhatItWasCalled(@TempDir Path folder)
            throws Exception {
        var checkout = Files.createDirectories(folder.resolve("checkout/cli"));
        var plugin = checkout.resolve("kubectl-weir");
        Files.copy(ROOT.resolve("cli/kubectl-weir"), plugin);
        script(plugin, Files.readString(plugin));
        script(
                folder.resolve("checkout/weir"),
                "#!/usr/bin/env bash\necho \"as $WEIR_NAME: $*\"\n");
        var bin = Files.createDirectories(folder.resolve("bin"));
        var relative =
                Files.createSymbolicLink(
                        bin.resolve("relative"), Path.of("../checkout/cli/kubectl-weir"));
        var twice = Files.createSymbolicLink(folder.resolve("kubectl-weir"), relative);
        assertThat(run(twice, "get", "a b")).isEqualTo("as kubectl-weir: get a b\n");
    }

    private static void script(Path file, String text) throws IOException {
        Files.writeString(file, text);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private static String run(Path program, String... arguments) throws Exception {
        var command = new java.util.ArrayList<String>();
        command.add(program.toString());
        command.addAll(java.util.List.of(arguments));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().remove("WEIR_NAME");
        var process = builder.start();
        var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(BOUND_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(text).isZero();
        return text;
    }
}
