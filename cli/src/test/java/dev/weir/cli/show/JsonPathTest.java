package dev.weir.cli.show;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonPathTest {

    private static Optional<String> at(String path) throws JsonProcessingException {
        var json =
                Trees.ofJson(
                        """
                        {"status": {"phase": "Running", "term": 4, "none": null, "conditions": [
                          {"type": "Ready", "status": "True"}, {"type": "UpToDate", "status": "False"}]}}
                        """);
        return JsonPath.parse(path).from(json).map(JsonNode::asText);
    }

    @Test
    void membersAndChosenElementsAreFound() throws JsonProcessingException {
        assertThat(at(".status.phase")).contains("Running");
        assertThat(at(".status.term")).contains("4");
        assertThat(at(".status.conditions[?(@.type==\"UpToDate\")].status")).contains("False");
    }

    @Test
    void whatIsAbsentOrNullIsEmpty() throws JsonProcessingException {
        assertThat(at(".status.gone.deeper")).isEmpty();
        assertThat(at(".status.none")).isEmpty();
        assertThat(at(".status.conditions[?(@.type==\"Gone\")].status")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "status", ".status[0]", ".status..phase", ".a[?(@.b>1)]", ".a.*"})
    void whatIsNotUnderstoodIsRefused(String path) {
        assertThatThrownBy(() -> JsonPath.parse(path))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no JSONPath");
    }
}
