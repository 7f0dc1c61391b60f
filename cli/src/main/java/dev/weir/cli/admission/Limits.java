package dev.weir.cli.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * How large a value may be and what it may look like. Each limit speaks of values of its own type
 * and says nothing of others.
 *
 * @param allowed the only values there are, if any are named
 */
record Limits(
        OptionalDouble minimum,
        OptionalDouble maximum,
        OptionalLong minLength,
        OptionalLong maxLength,
        Optional<Pattern> pattern,
        OptionalLong minItems,
        OptionalLong maxItems,
        OptionalLong minProperties,
        OptionalLong maxProperties,
        List<JsonNode> allowed) {

    Limits {
        allowed = List.copyOf(allowed);
    }
}
