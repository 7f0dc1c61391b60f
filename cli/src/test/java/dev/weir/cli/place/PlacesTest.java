package dev.weir.cli.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.cli.fake.FakePlace;
import dev.weir.cli.fake.TestClock;
import dev.weir.cli.place.Places.Choice;
import dev.weir.cli.place.Places.ClusterAccess;
import dev.weir.cli.place.Places.Kind;
import dev.weir.cli.place.Places.NoPlaceException;
import dev.weir.cli.place.Places.Way;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlacesTest {

    private static final ClusterAccess ANY = new ClusterAccess(Optional.empty(), Optional.empty());
    private static final ClusterAccess PROD =
            new ClusterAccess(Optional.of("prod"), Optional.empty());

    private final Place local = new FakePlace(new TestClock());
    private final Place cluster = new FakePlace(new TestClock());
    private boolean localExists;
    private boolean clusterExists;

    private Place choose(Optional<Kind> kind, ClusterAccess access, Map<String, String> variables) {
        return new Places(
                        new Way(() -> localExists, () -> local),
                        _ -> new Way(() -> clusterExists, () -> cluster),
                        variables)
                .choose(new Choice(kind, access));
    }

    private Place choose(Map<String, String> variables) {
        return choose(Optional.empty(), ANY, variables);
    }

    @Test
    void rule1_optionsDecideWhateverElseIsSaidOrThere() {
        localExists = true;
        clusterExists = true;
        var other = Map.of(Places.PLACE, "cluster");
        assertThat(choose(Optional.of(Kind.LOCAL), ANY, other)).isSameAs(local);
        assertThat(choose(Optional.of(Kind.CLUSTER), ANY, Map.of(Places.PLACE, "local")))
                .isSameAs(cluster);
    }

    @Test
    void rule1_aContextOrAKubeconfigMeansACluster() {
        localExists = true;
        assertThat(choose(Optional.empty(), PROD, Map.of())).isSameAs(cluster);
        var file = new ClusterAccess(Optional.empty(), Optional.of(Path.of("config")));
        assertThat(choose(Optional.empty(), file, Map.of(Places.PLACE, "local"))).isSameAs(cluster);
    }

    @Test
    void rule1_aContextContradictsTheLocalWorld() {
        assertThatThrownBy(() -> choose(Optional.of(Kind.LOCAL), PROD, Map.of()))
                .isInstanceOf(NoPlaceException.class)
                .hasMessageContaining("--local");
    }

    @Test
    void rule2_theEnvironmentDecidesWhereOptionsDont() {
        clusterExists = true;
        assertThat(choose(Map.of(Places.PLACE, "LOCAL"))).isSameAs(local);
        assertThatThrownBy(() -> choose(Map.of(Places.PLACE, "moon")))
                .isInstanceOf(NoPlaceException.class)
                .hasMessageContaining("'moon'");
    }

    @Test
    void rule3_aPluginOfKubectlMeansTheCluster() {
        localExists = true;
        assertThat(choose(Map.of(Places.NAME, Places.PLUGIN))).isSameAs(cluster);
        assertThat(choose(Map.of(Places.NAME, Places.PLUGIN, Places.PLACE, "local")))
                .isSameAs(local);
    }

    @Test
    void rule4_theLocalWorldIsMeantWhereThereIsOne() {
        localExists = true;
        clusterExists = true;
        assertThat(choose(Map.of())).isSameAs(local);
    }

    @Test
    void rule5_elseTheClusterWhereOneIsConfigured() {
        clusterExists = true;
        assertThat(choose(Map.of())).isSameAs(cluster);
    }

    @Test
    void rule6_elseBothWaysAreNamed() {
        assertThatThrownBy(() -> choose(Map.of()))
                .isInstanceOf(NoPlaceException.class)
                .hasMessageContaining("weir up")
                .hasMessageContaining("KUBECONFIG");
    }
}
