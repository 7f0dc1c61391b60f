package dev.weir.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.ledger.StoreProbe.Lost;
import dev.weir.ledger.StoreProbe.Nothing;
import dev.weir.ledger.StoreProbe.Told;
import dev.weir.ledger.StoreProbe.Won;
import dev.weir.ledger.fake.Scene;
import dev.weir.ledger.fake.ScriptedStore.Fault;
import dev.weir.ledger.fake.ScriptedStore.Op;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rule 12: a store that does not keep its word is found out before a job runs on it. */
final class StoreProbeTest {

    private static final String KEY = StoreProbe.key("nonce");

    private final Scene scene = new Scene();

    @Test
    void rule12_aStoreThatLetsOneWriterWinIsSound() {
        assertThat(StoreProbe.judge(race(4))).isEqualTo(new StoreProbe.Sound());
    }

    @Test
    void rule12_aStoreThatLetsTwoWinIsRefused() {
        scene.store.script(Op.CREATE, KEY, Fault.BOTH_WIN, Fault.BOTH_WIN);
        assertThat(StoreProbe.judge(race(4)))
                .isInstanceOfSatisfying(
                        StoreProbe.Unsound.class,
                        u -> assertThat(u.why()).contains("several writers"));
    }

    @Test
    void rule12_aStoreThatRefusesEverybodyIsRefused() {
        var no = Fault.EXISTS_THOUGH_ABSENT;
        scene.store.script(Op.CREATE, KEY, no, no, no, no);
        assertThat(StoreProbe.judge(race(4))).isInstanceOf(StoreProbe.Unsound.class);
    }

    @Test
    void rule12_aStoreThatIsSilentToOneIsNeitherSoundNorRefused() {
        scene.store.script(Op.CREATE, KEY, Fault.TIMEOUT_AFTER);
        assertThat(StoreProbe.judge(race(4))).isInstanceOf(StoreProbe.Unclear.class);
    }

    @Test
    void rule12_whatTheStoreAnsweredInsteadIsToldOn() {
        assertThat(StoreProbe.judge(List.of(new Nothing("denied"), new Nothing("denied"))))
                .isEqualTo(new StoreProbe.Unclear("denied"));
    }

    @Test
    void rule12_twoWinnersAreEnoughHoweverManyAreSilent() {
        assertThat(
                        StoreProbe.judge(
                                List.of(new Won(), new Won(), new Nothing("silence"), new Lost())))
                .isInstanceOf(StoreProbe.Unsound.class);
    }

    private List<Told> race(int writers) {
        return Stream.iterate(1, n -> n + 1)
                .limit(writers)
                .map(n -> scene.run(StoreProbe.race(KEY, "writer " + n)))
                .toList();
    }
}
