package dev.weir.cli;

import dev.weir.cli.verb.Editor;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;

/** The editor that a person has chosen, in their terminal, on a file that goes afterwards. */
final class SystemEditor implements Editor {

    private static final String FALLBACK = "vi";

    private final Map<String, String> environment;

    SystemEditor(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    @Override
    public String edit(String name, String text) throws IOException {
        var file = Files.createTempFile(name + "-", ".yaml");
        try {
            Files.writeString(file, text);
            // By a shell: the variable may hold arguments.
            var process =
                    new ProcessBuilder("sh", "-c", command() + " \"$1\"", "sh", file.toString())
                            .inheritIO()
                            .start();
            int code = process.waitFor();
            if (code != 0) {
                throw new IOException(
                        "the editor '"
                                + command()
                                + "' ended with "
                                + code
                                + "; nothing was changed");
            }
            return Files.readString(file);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the editor was open", e);
        } finally {
            Files.delete(file);
        }
    }

    private String command() {
        for (var variable : new String[] {"WEIR_EDITOR", "EDITOR"}) {
            var chosen = environment.getOrDefault(variable, "");
            if (!chosen.isBlank()) {
                return chosen;
            }
        }
        return FALLBACK;
    }
}
