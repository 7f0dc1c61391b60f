package dev.weir.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.ledger.LedgerRecord.Claim;
import dev.weir.ledger.LedgerRecord.CloseReason;
import dev.weir.ledger.fake.Scene;
import dev.weir.ledger.fake.ScriptedStore.Fault;
import dev.weir.ledger.fake.ScriptedStore.Op;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a claim tells of its program, and how the program is found that made a restore point. */
final class ProvenanceTest {

    private final Scene scene = new Scene();

    private Seen<ClaimedOperators> maker() {
        return scene.run(Provenance.of(scene.term()));
    }

    private static Seen<ClaimedOperators> of(String pod) {
        return Seen.present(Scene.operators(pod));
    }

    @Test
    void aTermsOwnCheckpointIsOfItsOwnProgram() {
        var owned = scene.checkpoint(scene.first("p"), 1);
        assertThat(maker()).isEqualTo(of("p"));
        scene.close(owned, scene.savepoint(2), CloseReason.SUSPEND, Optional.empty());
        assertThat(maker()).isEqualTo(of("p"));
    }

    @Test
    void programsThatFailedBeforeTheirFirstCheckpointLeaveTheStateOfTheOneBefore() {
        scene.checkpoint(scene.first("p"), 1);
        scene.won(Scene.request("q", 1, Scene.latest()));
        assertThat(maker()).isEqualTo(of("p"));
        var third = scene.won(Scene.request("r", 2, Scene.latest()));
        assertThat(third.claim().fromTerm()).contains(1L);
        assertThat(maker()).isEqualTo(of("p"));
        scene.checkpoint(third, 2);
        assertThat(maker()).isEqualTo(of("r"));
    }

    @Test
    void rule7_aRollIsTheSameProgram() {
        var owned = scene.first("p");
        Scene.kept(
                scene.run(new Owning(Scene.BOUND, 2).checkpoint(owned, scene.written(owned, 1))));
        var rolled = scene.term();
        assertThat(rolled.claim().operators()).contains(Scene.operators("p"));
        assertThat(rolled.claim().fromTerm()).contains(1L);
        assertThat(maker()).isEqualTo(of("p"));
    }

    @Test
    void rule10_aTermThatIsOpenedToBeClosedIsTheSameProgram() {
        var owned = scene.checkpoint(scene.first("p"), 1);
        scene.close(owned, scene.savepoint(2), CloseReason.SUSPEND, Optional.empty());
        scene.run(Closing.close(Scene.request("storekeeper", 1, Scene.latest()), Scene.BOUND));
        assertThat(scene.term().number()).isEqualTo(2);
        assertThat(scene.term().claim().operators()).contains(Scene.operators("p"));
        assertThat(maker()).isEqualTo(of("p"));
    }

    @Test
    void rule5_ofASavepointThatWasNamedTheMakerIsKnownOnlyIfItIsTheLatest() {
        scene.checkpoint(scene.checkpoint(scene.first("p"), 1), 2);
        var back = new Start.Explicit(Scene.point(1, 1), "nonce-1");
        var second = scene.won(Scene.request("q", 1, back));
        assertThat(maker()).isEqualTo(Seen.absent());
        scene.checkpoint(second, 3);
        var latest = new Start.Explicit(Scene.point(2, 3), "nonce-2");
        assertThat(scene.won(Scene.request("r", 2, latest)).claim().fromTerm()).contains(2L);
    }

    @Test
    void anEmptyStateHasNoMaker() {
        scene.first("p");
        assertThat(maker()).isEqualTo(Seen.absent());
    }

    @Test
    void aClaimThatCannotBeReadIsNotAClaimThatTellsNothing() {
        scene.checkpoint(scene.first("p"), 1);
        scene.won(Scene.request("q", 1, Scene.latest()));
        var newest = scene.term();
        scene.store.script(Op.READ, new Slot(1, 0).key(), Fault.TIMEOUT_BEFORE);
        assertThat(scene.run(Provenance.of(newest))).isInstanceOf(Seen.Unreachable.class);
        scene.objects.delete(new Slot(1, 0).key());
        assertThat(scene.run(Provenance.of(newest))).isInstanceOf(Seen.Unreachable.class);
    }

    @Test
    void aClaimOfAnOlderWeirIsReadAndTellsNoOperators() {
        var json =
                """
                {"kind":"claim","writer":"w","at":"2026-03-01T12:00:00.250Z","command":"c","podUid":"p",\
                "jobUid":"j","revision":"r","programDigest":"d","from":{"kind":"checkpoint","id":9,\
                "location":"s3://b/chk-9"},"floorId":9,"jobIdTerm":2}""";
        var claim = (Claim) ((Seen.Present<LedgerRecord>) LedgerJson.read(json)).value();
        assertThat(claim.operators()).isEmpty();
        assertThat(claim.fromTerm()).isEmpty();
        assertThat(LedgerJson.write(claim)).isEqualTo(json);
        var view = new LedgerView.Term(2, claim, 1, claim.from(), 9, new LedgerView.Open());
        assertThat(scene.run(Provenance.of(view))).isEqualTo(Seen.absent());
    }

    @Test
    void aClaimIsReadBackAsItWasWritten() {
        var operator =
                new ClaimedOperator("0a", "count", "c".repeat(32), Optional.of("f".repeat(32)));
        var claim =
                new Claim(
                        "w",
                        Instant.EPOCH,
                        "c",
                        "p",
                        "j",
                        "r",
                        "d",
                        Optional.of(new ClaimedOperators(List.of(operator))),
                        Scene.point(1, 1),
                        Optional.of(1L),
                        1,
                        2,
                        Optional.empty(),
                        Optional.empty());
        assertThat(LedgerJson.read(LedgerJson.write(claim))).isEqualTo(Seen.present(claim));
        assertThat(LedgerJson.write(claim))
                .contains(
                        """
                        "operators":[{"id":"0a","name":"count","computes":"cccccccccccccccc",\
                        "filters":"ffffffffffffffff"}]""");
    }
}
