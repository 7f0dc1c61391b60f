package dev.weir.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.ledger.LedgerJson;
import dev.weir.protocol.RuntimeView.Fingerprint;
import dev.weir.protocol.RuntimeView.Operator;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RuntimeViewTest {

    @Test
    void anOperatorIsReadBackAsItWasWritten() throws Exception {
        var operator =
                new Operator(
                        "0123",
                        "GroupAggregate[4]",
                        2,
                        true,
                        Optional.of(new Fingerprint("ab", Optional.of("cd"))));

        String json = LedgerJson.mapper().writeValueAsString(operator);

        assertThat(LedgerJson.mapper().readValue(json, Operator.class)).isEqualTo(operator);
    }

    @Test
    void anOperatorOfAnOlderPodDoesNotSayWhatItComputes() throws Exception {
        String json =
                """
                {"id": "0123", "name": "GroupAggregate[4]", "parallelism": 2, "stateful": true}
                """;

        assertThat(LedgerJson.mapper().readValue(json, Operator.class).computes()).isEmpty();
    }
}
