package dev.weir.cli.verb;

import dev.weir.cli.show.Console;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Properties;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Says which version this is. Needs no place. */
@Command(
        name = "version",
        description = "Says which version this is.",
        footerHeading = "%nExamples:%n",
        footer = "  weir version")
public final class Version implements Callable<Integer> {

    private final Console console;

    public Version(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        console.say("weir " + number() + ", Java " + Runtime.version());
        return Ending.OK.code();
    }

    static String number() {
        try (var file = Version.class.getResourceAsStream("/dev/weir/cli/version.properties")) {
            var properties = new Properties();
            properties.load(file);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
