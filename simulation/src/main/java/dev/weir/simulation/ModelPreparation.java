package dev.weir.simulation;

import dev.weir.ledger.LedgerView;
import dev.weir.ledger.Seen;
import dev.weir.ledger.Step;
import dev.weir.ledger.StoreProbe;
import dev.weir.ledger.StoreProbe.Told;
import dev.weir.ledger.Walking;
import dev.weir.protocol.Problem;
import dev.weir.protocol.RuntimeState;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The runtime's {@code Preparation} and {@code StoreCheck}: the ledger is read and the store tried
 * by racing writers until both are well (rule 12).
 */
final class ModelPreparation {

    private static final int WRITERS = 4;
    private static final long PAUSE = 2_000;

    private final World world;
    private final Life life;
    private final StoreLink link;
    private final Board board;

    ModelPreparation(World world, Life life, StoreLink link, Board board) {
        this.world = world;
        this.life = life;
        this.link = link;
        this.board = board;
    }

    void untilSound(Consumer<LedgerView> then) {
        link.run(
                Walking.look(),
                seen -> {
                    board.ledger(seen).tell();
                    switch (seen) {
                        case Seen.Present<LedgerView>(var view) -> probe(view, then);
                        case Seen.Absent<LedgerView>() ->
                                again(Problem.Kind.STORE_UNREACHABLE, "no answer", then);
                        case Seen.Unreachable<LedgerView>(var cause) ->
                                again(Problem.Kind.STORE_UNREACHABLE, cause, then);
                    }
                });
    }

    private void probe(LedgerView view, Consumer<LedgerView> then) {
        var key = StoreProbe.key(world.chance().nonce());
        List<Told> told = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            link.run(
                    StoreProbe.race(key, "writer-" + i),
                    answer -> {
                        told.add(answer);
                        if (told.size() == WRITERS) {
                            link.run(
                                    new Step.Delete<>(key, _ -> Step.done(told)),
                                    all -> judge(all, view, then));
                        }
                    });
        }
    }

    private void judge(List<Told> told, LedgerView view, Consumer<LedgerView> then) {
        switch (StoreProbe.judge(told)) {
            case StoreProbe.Sound() -> {
                board.state(new RuntimeState.Preparing()).tell();
                then.accept(view);
            }
            case StoreProbe.Unsound(var why) -> again(Problem.Kind.STORE_UNSOUND, why, then);
            case StoreProbe.Unclear(var why) -> again(Problem.Kind.STORE_UNREACHABLE, why, then);
        }
    }

    private void again(Problem.Kind kind, String why, Consumer<LedgerView> then) {
        board.state(new RuntimeState.Unfit(Problem.of(kind, why, ""))).tell();
        life.after(PAUSE, () -> untilSound(then));
    }
}
