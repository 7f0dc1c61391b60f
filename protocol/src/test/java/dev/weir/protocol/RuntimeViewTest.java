package dev.weir.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.ledger.ClaimedOperators;
import dev.weir.ledger.LedgerJson;
import dev.weir.ledger.RestorePoint;
import dev.weir.ledger.Seen;
import dev.weir.protocol.RuntimeView.Fingerprint;
import dev.weir.protocol.RuntimeView.Operator;
import dev.weir.protocol.RuntimeView.Prepared;
import dev.weir.protocol.StateFit.Changed;
import dev.weir.protocol.StateFit.Dropped;
import dev.weir.protocol.StateFit.Finding;
import dev.weir.protocol.StateFit.Kept;
import dev.weir.protocol.StateFit.MaxParallelism;
import dev.weir.protocol.StateFit.New;
import dev.weir.protocol.StateFit.Refiltered;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RuntimeViewTest {

    @Test
    void anOperatorIsReadBackAsItWasWritten() throws Exception {
        var operator =
                new Operator(
                        "0123",
                        "GroupAggregate[4]",
                        2,
                        Optional.of(128),
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
        assertThat(LedgerJson.mapper().readValue(json, Operator.class).maxParallelism()).isEmpty();
    }

    @Test
    void aPodThatWaitsSaysWhetherItIsWarmAndOneOfAnOlderWeirIsNot() throws Exception {
        var mapper = LedgerJson.mapper();
        for (var held : List.of(new RuntimeState.Held(true), new RuntimeState.Held())) {
            assertThat(mapper.readValue(mapper.writeValueAsString(held), RuntimeState.class))
                    .isEqualTo(held);
        }
        assertThat(mapper.readValue("{\"state\": \"held\"}", RuntimeState.class))
                .isEqualTo(new RuntimeState.Held(false));
    }

    @Test
    void aPodOfAnOlderWeirDoesNotSayWhetherItsProgramFits() throws Exception {
        String json =
                """
                {"podUid": "p", "boot": "b", "jobUid": "j", "revision": "r", "state": {"state": "held"},
                 "ledger": {"seen": "absent"}, "restarts": 0, "receipts": []}
                """;

        assertThat(LedgerJson.mapper().readValue(json, RuntimeView.class).fit())
                .isInstanceOf(Seen.Unreachable.class);
    }

    @Test
    void aFitIsReadBackAsItWasWritten() throws Exception {
        var fit =
                new StateFit(
                        new RestorePoint.Savepoint(7, "s3://b/s"),
                        List.of(
                                new Kept("1", "a"),
                                new Refiltered("2", "b"),
                                new New("3", "c"),
                                new Changed("4", "d"),
                                new Dropped("5", "e"),
                                new MaxParallelism("6", "f", 128, 64)));

        String json = LedgerJson.mapper().writeValueAsString(fit);

        assertThat(LedgerJson.mapper().readValue(json, StateFit.class)).isEqualTo(fit);
    }

    @Test
    void stateThatWouldBeLostOrTakenForAnothersIsAMisfitAndNothingElseIs() {
        var from = new RestorePoint.Fresh();
        var fine =
                List.<Finding>of(new Kept("1", "a"), new Refiltered("2", "b"), new New("3", "c"));
        var wrong =
                List.<Finding>of(
                        new Changed("4", "d"),
                        new Dropped("5", "e"),
                        new MaxParallelism("6", "f", 128, 64));

        assertThat(new StateFit(from, fine).verdict()).isEqualTo(new StateFit.Fits());
        for (var finding : wrong) {
            assertThat(new StateFit(from, List.of(fine.getFirst(), finding)).verdict())
                    .isEqualTo(new StateFit.Misfits(List.of(finding)));
        }
    }

    @Test
    void ofALargeProgramAClaimTellsSoMuchAndNoMore() throws Exception {
        var computes = Optional.of(new Fingerprint("c".repeat(32), Optional.of("f".repeat(32))));
        var program =
                IntStream.range(0, 10_000)
                        .mapToObj(
                                n ->
                                        new Operator(
                                                "%032x".formatted(n),
                                                "n".repeat(500),
                                                1,
                                                Optional.empty(),
                                                true,
                                                computes))
                        .toList();

        var claimed = new Prepared("digest", program).claimed();

        assertThat(claimed.told()).hasSize(ClaimedOperators.MOST);
        assertThat(claimed.of(program.getFirst().id())).isEqualTo(program.getFirst().claimed());
        assertThat(claimed.of(program.getLast().id())).isEmpty();
        assertThat(LedgerJson.mapper().writeValueAsString(claimed)).hasSizeLessThan(50_000);
    }

    @Test
    void anOperatorThatNamesItselfIsNotClaimed() {
        var unknown = new Operator("2", "source", 1, Optional.empty(), false, Optional.empty());

        assertThat(new Prepared("digest", List.of(unknown)).claimed().told()).isEmpty();
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
                Seen.unreachable("not compared"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                List.of(),
                List.of(savepoints));
    }
}
