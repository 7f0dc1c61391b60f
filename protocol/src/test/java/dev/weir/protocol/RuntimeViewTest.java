package dev.weir.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.ledger.LedgerJson;
import dev.weir.ledger.Seen;
import dev.weir.protocol.RuntimeView.Fingerprint;
import dev.weir.protocol.RuntimeView.Operator;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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

    @Test
    void aViewIsReadBackWithItsSavepointsWhereverTheyStand() throws Exception {
        var taken =
                new SavepointView.Result(
                        "s3://b/savepoints/u-1/1/a",
                        1,
                        "rev",
                        42,
                        4096,
                        Instant.parse("2026-03-01T12:00:00Z"),
                        Optional.of(new SavepointView.Taking(Duration.ofMillis(313), "2.3.0")),
                        List.of(new SavepointView.OperatorState("0123", "Counts", 1, 128, 4000)));
        var view =
                view(
                        new SavepointView("u-0", 1, new SavepointView.Failed("no answer", 1)),
                        new SavepointView("u-1", 1, new SavepointView.Complete(taken)),
                        new SavepointView("u-2", 1, new SavepointView.LookedUp()),
                        new SavepointView(
                                "u-3",
                                1,
                                new SavepointView.InProgress(7, RuntimeView.Phase.EXECUTING)));

        String json = LedgerJson.mapper().writeValueAsString(view);

        assertThat(LedgerJson.mapper().readValue(json, RuntimeView.class)).isEqualTo(view);
        assertThat(view.savepoint("u-1").orElseThrow().progress())
                .isEqualTo(new SavepointView.Complete(taken));
        assertThat(view.savepoint("u-4")).isEmpty();
    }

    @Test
    void aViewOfAnOlderPodTellsOfNoSavepoint() throws Exception {
        var tree = (ObjectNode) LedgerJson.mapper().valueToTree(view());
        tree.remove("savepoints");

        assertThat(LedgerJson.mapper().treeToValue(tree, RuntimeView.class)).isEqualTo(view());
    }

    private static RuntimeView view(SavepointView... savepoints) {
        return new RuntimeView(
                "pod",
                "boot",
                "job",
                "rev",
                new RuntimeState.Held(),
                Seen.absent(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                List.of(),
                List.of(savepoints));
    }
}
