package dev.weir.cli.admission;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the API server is Go: what its libraries take, and what they print. */
class GoTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "yes | true",
                "Off | false",
                "y | true",
                "~ | null",
                "Null | null",
                "007 | 7",
                "0o17 | 15",
                "08 | 8",
                "0x1F | 31",
                "-0b11 | -3",
                "+1_000 | 1000",
                "1.0 | 1",
                "1e3 | 1000",
                ".5_0 | 0.5",
                "1.5e3 | 1500",
                "18446744073709551615 | 18446744073709552000",
                "18446744073709551616 | 18446744073709552000",
                "1:30 | \"1:30\"",
                "2020-01-01 | \"2020-01-01\"",
                "0x | \"0x\"",
                "1e999 | \"1e999\"",
                "_ | \"_\"",
                "'''yes''' | \"yes\"",
                "!!str 5 | \"5\"",
                "!!float 5 | 5",
                "!ours yes | \"yes\""
            })
    void aScalarOfYamlMeansWhatItMeansToKubernetes(String text, String json) {
        assertThat(GoText.json(yaml("a: " + text).get("a"))).isEqualTo(json);
    }

    @ParameterizedTest
    @ValueSource(strings = {"!!int yes", "!!bool 1", "!!null x", "!!float x", ".nan", "-.Inf"})
    void aScalarThatMeansNothingIsNotRead(String text) {
        assertThat(GoYaml.read("a: " + text)).isInstanceOf(Manifest.Unreadable.class);
    }

    @Test
    void ofAKeyThatStandsTwiceTheLastCountsAndTheOthersAreTold() {
        assertThat(GoYaml.read("a: 1\nb:\n  c: 1\n  c:\n    2\na: 3\n1: x\n\"1\": y\n"))
                .isEqualTo(
                        new Manifest.Parsed(
                                yaml("{b: {c: 2}, a: 3, '1': y}"),
                                List.of(
                                        "line 5: key \"c\" already set in map",
                                        "line 6: key \"a\" already set in map")));
    }

    @Test
    void mergedMappingsCountAsIfTheyStoodThere() {
        assertThat(
                        yaml(
                                "a: &a {x: 1, y: 1}\nb: &b {y: 2, z: 2}\nc: {<<: [*a, *b], w: 3}\nd: {<<: *a}\n"))
                .isEqualTo(
                        yaml(
                                "{a: {x: 1, y: 1}, b: {y: 2, z: 2}, c: {x: 1, y: 1, z: 2, w: 3}, d: {x: 1, y: 1}}"));
        assertThat(GoYaml.read("a: {<<: 5}")).isInstanceOf(Manifest.Unreadable.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{[a]: b}", "{~: b}", "a: *b", "a: b: c"})
    void whatIsNoTreeIsNotRead(String text) {
        assertThat(GoYaml.read(text)).isInstanceOf(Manifest.Unreadable.class);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "10s, 10000000000",
        "1h2m3s4ms, 3723004000000",
        "1.5h, 5400000000000",
        "-.5s, -500000000",
        "1us2ns, 1002",
        "1\u00b5s, 1000",
        "999999h, 3599996400000000000"
    })
    void aDurationIsWhatGoTakesForOne(String text, long nanos) {
        assertThat(GoDuration.parse(text)).contains(Duration.ofNanos(nanos));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10", "s", ".s", "1d", "1 s", "10s ", "9999999h"})
    void anythingElseIsNone(String text) {
        assertThat(GoDuration.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://minio:9000 | http",
                "HTTPS://minio | https",
                "http:// | http",
                "http:opaque%zz | http",
                "http:/path | http",
                "http://u:p%40@h:/a b?c%zz | http",
                "http://[2001:db8::1]:9000 | http",
                "http://[fe80::1%25en0] | http",
                "http://ex\u00e4mple | http",
                "http://%C3%A4 | http",
                "a+b.c-1://x | a+b.c-1",
                "/path | ''",
                "* | ''"
            })
    void aUriIsWhatGoTakesForOneOfARequest(String text, String scheme) {
        assertThat(RequestUri.parse(text)).contains(new RequestUri(scheme));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "minio",
                ":x",
                "1http://x",
                "http_s://x",
                "http://a b",
                "http://a|b",
                "http://a%20b",
                "http://a:b",
                "http://[::1",
                "http://[1.2.3.4]",
                "http://[::1]x",
                "http://u b@h",
                "http://h/%4",
                "/%zz",
                "http://h#f",
                "http://h\u0001"
            })
    void anythingElseIsNoUri(String text) {
        assertThat(RequestUri.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "0.5, 0.5, 0.5",
        "-2.5, -2.5, -2.5",
        "123456.5, 123456.5, 123456.5",
        "1234567.5, 1.2345675e+06, 1234567.5",
        "1e20, 1e+20, 100000000000000000000",
        "1e21, 1e+21, 1e+21",
        "0.00003, 3e-05, 0.00003",
        "-0.0000001, -1e-07, -1e-7",
        "0.0, 0, 0"
    })
    void aNumberIsPrintedAsGoPrintsItAndInJsonAsGoWritesIt(
            double number, String printed, String json) {
        var node = DoubleNode.valueOf(number);
        assertThat(GoText.print(node)).isEqualTo(printed);
        assertThat(GoText.json(node)).isEqualTo(json);
    }

    @Test
    void textIsQuotedAsGoQuotesIt() {
        assertThat(GoText.quote("a\"\\\n\t\u0007\u0001\u007f\u00e9\u200b\ud83d\ude00\u00a0"))
                .isEqualTo("\"a\\\"\\\\\\n\\t\\a\\x01\\x7f\u00e9\\u200b\ud83d\ude00\\u00a0\"");
    }

    @Test
    void treesArePrintedAsGoPrintsThemAndInJsonWithoutWhatHtmlWouldTake() {
        var tree = yaml("{b: [1, x, null, true], a: {c: \"<&>\\b\\f\\r\\x01\\\"\\\\\"}}");
        assertThat(GoText.print(tree.get("b"))).isEqualTo("[1 x <nil> true]");
        assertThat(GoText.print(yaml("{b: [], a: {c: d}}"))).isEqualTo("map[a:map[c:d] b:[]]");
        assertThat(GoText.json(tree))
                .isEqualTo(
                        "{\"a\":{\"c\":\"\\u003c\\u0026\\u003e\\b\\f\\r\\u0001\\\"\\\\\"},"
                                + "\"b\":[1,\"x\",null,true]}");
        assertThat(yaml("[{}, [], x, 1, 1.5, true, null]").valueStream().map(GoText::type))
                .containsExactly(
                        "map[string]interface {}",
                        "[]interface {}",
                        "string",
                        "int64",
                        "float64",
                        "bool",
                        "<nil>");
    }

    private static JsonNode yaml(String text) {
        return switch (GoYaml.read(text)) {
            case Manifest.Parsed(var content, _) -> content;
            case Manifest.Unreadable(var why) -> throw new AssertionError(why);
        };
    }
}
