package dev.weir.cli.fake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.cli.contract.PlaceContract;
import dev.weir.cli.place.Place;
import dev.weir.cli.place.Scope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The fake keeps the contract, and does what it was told ahead. */
class FakePlaceTest implements PlaceContract {

    private final TestClock clock = new TestClock();
    private final FakePlace place = new FakePlace(clock);

    @Override
    public Place place() {
        return place;
    }

    @Override
    public String namespace() {
        return "contract";
    }

    @Test
    void whatIsAheadHappensWhileSomebodyWatchesAndNotBefore() {
        place.apply(manifest("a", 1));
        place.after(Duration.ofSeconds(3), () -> place.vanish(key("a")));
        assertThat(place.job(key("a"))).isPresent();
        var begin = clock.instant();
        var seen = new ArrayList<Boolean>();
        var enough =
                place.watch(
                        new Scope.One(key("a")),
                        Optional.empty(),
                        (_, job) -> {
                            seen.add(job.isPresent());
                            return job.isEmpty();
                        });
        assertThat(enough).isTrue();
        assertThat(seen).containsExactly(true, false);
        assertThat(Duration.between(begin, clock.instant())).isEqualTo(Duration.ofSeconds(3));
    }
}
