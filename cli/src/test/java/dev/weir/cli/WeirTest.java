package dev.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.cli.fake.Session;
import dev.weir.cli.verb.Ending;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What all verbs have in common: help, misuse, and how they end. */
class WeirTest {

    private final Session session = new Session();

    /** Or of the local world alone, which they begin themselves. */
    private static final List<String> OF_NO_PLACE =
            List.of("init", "completion", "version", "help", "up", "down", "demo");

    static List<String> verbs() {
        return new Session().commands().getSubcommands().keySet().stream().toList();
    }

    static List<String> verbsWithAPlace() {
        return verbs().stream().filter(verb -> !OF_NO_PLACE.contains(verb)).toList();
    }

    @Test
    void theVerbsAreThese() {
        assertThat(verbs())
                .contains(
                        "apply",
                        "get",
                        "describe",
                        "logs",
                        "tail",
                        "up",
                        "down",
                        "demo",
                        "edit",
                        "delete",
                        "suspend",
                        "resume",
                        "wait",
                        "init",
                        "completion",
                        "version",
                        "help");
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void everyVerbHasAHelpThatSaysWhatItDoes(String verb) {
        var answer = session.weir(verb, "--help");
        assertThat(answer.code()).isZero();
        assertThat(answer.out()).startsWith("Usage: weir " + verb);
        assertThat(answer.out().lines()).allMatch(line -> line.length() <= 100);
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void everyVerbOfOursHasAnExampleThatBeginsWithIt(String verb) {
        if (verb.equals("help")) {
            return;
        }
        assertThat(session.weir(verb, "--help").out())
                .containsPattern("(?m)^Examples:\\n(.*\\n)*.*weir " + verb);
    }

    @ParameterizedTest
    @MethodSource("verbsWithAPlace")
    void whereThePlaceGivesNoAnswerTheCodeIs4(String verb) {
        session.withDelays().place().cutOff();
        var arguments =
                switch (verb) {
                    case "apply" -> new String[] {"apply", "-f", "-"};
                    case "wait" -> new String[] {"wait", "delays", "--for=ready"};
                    default -> new String[] {verb, "delays"};
                };
        var answer = session.weirReading(Session.MANIFEST, arguments);
        assertThat(answer.code()).isEqualTo(4);
        assertThat(answer.err())
                .isEqualTo("weir " + verb + ": a place in memory gives no answer\n");
    }

    @Test
    void theHelpOfAllTellsTheExitCodes() {
        var help = session.weir("--help").out();
        Arrays.stream(Ending.values())
                .forEach(e -> assertThat(help).containsPattern(e.code() + " +" + e.meaning()));
        assertThat(session.weir().out()).isEqualTo(help);
        assertThat(session.weir("help").out()).isEqualTo(help);
    }

    @Test
    void aWordThatIsNoVerbIsAnsweredWithOneThatIs() {
        var answer = session.weir("aply");
        assertThat(answer.code()).isEqualTo(2);
        assertThat(answer.err()).contains("did you mean 'apply'?");
    }

    @Test
    void anOptionThatIsNotThereIsSaidWithWhereToReadOn() {
        var answer = session.weir("get", "--wide");
        assertThat(answer.code()).isEqualTo(2);
        assertThat(answer.err())
                .contains("Unknown option: '--wide'")
                .endsWith("'weir get --help' says more\n");
    }

    @Test
    void twoPlacesAtOnceMakeNoSense() {
        assertThat(session.weir("get", "--local", "--cluster").code()).isEqualTo(2);
        assertThat(session.weir("get", "--local", "--context", "prod").code()).isEqualTo(2);
    }

    @Test
    void shellsAreGivenTheVerbsAndOptions() {
        assertThat(session.weir("completion", "bash").out())
                .contains("describe", "--all-namespaces", "kafka-to-kafka");
        assertThat(session.weir("completion", "fish").code()).isEqualTo(2);
    }

    @Test
    void theVersionIsTheOneOfTheBuild() {
        assertThat(session.weir("version").out())
                .matches("weir \\d+\\.\\d+\\.\\d+\\S*, Java 25.*\n");
    }
}
