package dev.weir.cli.verb;

import dev.weir.crds.DurationText;
import java.time.Duration;
import java.util.Map;
import java.util.Stack;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.TypeConversionException;

/** How {@code --wait[=DURATION]} and {@code --timeout=DURATION} are read. */
final class WaitOption {

    private WaitOption() {}

    /** Durations as specs have them. */
    static final class Bound implements ITypeConverter<Duration> {

        @Override
        public Duration convert(String text) {
            return DurationText.parse(text)
                    .orElseThrow(
                            () ->
                                    new TypeConversionException(
                                            "'" + text + "' is no duration, such as 90s or 5m"));
        }
    }

    /** Only what is attached by '=' is the option's; a word after it is a name. */
    static final class Attached implements IParameterPreprocessor {

        @Override
        public boolean preprocess(
                Stack<String> arguments,
                CommandSpec command,
                ArgSpec argument,
                Map<String, Object> info) {
            if (!"=".equals(info.get("separator"))) {
                arguments.push(Waiting.DEFAULT_BOUND);
            }
            return false;
        }
    }
}
