package dev.weir.e2e.suites;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.e2e.node.Await;
import dev.weir.e2e.node.Stage;
import dev.weir.sandbox.exact.ExactTopics;
import dev.weir.sandbox.exact.ExactnessChecker.Fault;
import dev.weir.sandbox.exact.FaultPlanter;
import dev.weir.sandbox.exact.OutputReader;
import dev.weir.sandbox.exact.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Exactly once, whatever is killed: for each state backend ten misfortunes at random instants,
 * every kind among them, while records flow. After each, all rows so far are compared with the
 * input; after the last the same checker is shown to see a gap, a duplicate and a reset that are
 * planted into a copy of the very same output.
 */
@ExtendWith(OnTheNode.class)
class ExactlyOnceIT {

    private static final int MISFORTUNES = 10;
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    @ParameterizedTest
    @CsvSource({"HashMap", "RocksDB"})
    void nothingIsLostOrRepeatedWhateverIsKilled(String backend, Stage stage) throws Exception {
        long seed = Long.getLong("weir.seed", new Random().nextLong());
        System.out.printf("%s: seed %d (repeat with -Dweir.seed=%d)%n", backend, seed, seed);
        Random random = new Random(seed);
        String namespace = stage.namespace("exact");
        try (ExactJob exact =
                ExactJob.start(
                        stage,
                        namespace,
                        new ExactJob.Settings(backend, INTERVAL.toSeconds() + "s", seed))) {
            assertFaultless("before the first misfortune", exact.catchUp());
            Misfortunes misfortunes = new Misfortunes(stage, exact);
            for (Misfortune misfortune : draw(random)) {
                Await.pass(Duration.ofMillis(random.nextLong(2 * INTERVAL.toMillis())));
                Instant start = Instant.now();
                misfortunes.cause(misfortune);
                Verdict verdict = exact.catchUp();
                System.out.printf(
                        "%s: %s, %d ms: %s%n", backend, misfortune, millisSince(start), verdict);
                assertFaultless(misfortune.toString(), verdict);
            }
            Verdict verdict = exact.finish();
            System.out.printf("%s: in the end %s%n", backend, verdict);
            assertThat(verdict.exact()).as(verdict.toString()).isTrue();
            assertThat(exact.topics().inputRecords()).isEqualTo(exact.records());
            assertPlantedFaultsAreSeen(exact);
        }
    }

    /** Every kind once, the rest at random, in random order. */
    private static List<Misfortune> draw(Random random) {
        List<Misfortune> drawn = new ArrayList<>(List.of(Misfortune.values()));
        while (drawn.size() < MISFORTUNES) {
            drawn.add(Misfortune.values()[random.nextInt(Misfortune.values().length)]);
        }
        Collections.shuffle(drawn, random);
        return drawn;
    }

    private static void assertFaultless(String after, Verdict verdict) {
        assertThat(verdict.faultless() && verdict.behind() == 0)
                .as(after + ": " + verdict)
                .isTrue();
    }

    private static void assertPlantedFaultsAreSeen(ExactJob exact) throws InterruptedException {
        FaultPlanter planter = new FaultPlanter(exact.topics(), exact.input());
        for (Fault fault : List.of(Fault.GAP, Fault.DUPLICATE, Fault.RESET)) {
            ExactTopics copy = planter.plant(fault, exact.records());
            Verdict verdict = OutputReader.judgeNow(copy, exact.input(), exact.records());
            assertThat(verdict.exact()).as(verdict.toString()).isFalse();
            assertThat(verdict.examples().keySet()).containsExactly(fault);
            System.out.printf("planted %s: %s%n", fault, verdict);
        }
    }

    private static long millisSince(Instant start) {
        return Duration.between(start, Instant.now()).toMillis();
    }
}
