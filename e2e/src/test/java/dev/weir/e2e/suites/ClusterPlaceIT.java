package dev.weir.e2e.suites;

import dev.weir.cli.contract.PlaceContract;
import dev.weir.cli.kubernetes.Kubeconfig;
import dev.weir.cli.place.Place;
import dev.weir.cli.place.Places.ClusterAccess;
import dev.weir.e2e.node.Stage;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A real API server keeps the contract that the verbs are tested on. The jobs have names that are
 * too long for the operator, so that it leaves them alone and their namespaces go at once.
 */
@ExtendWith(OnTheNode.class)
class ClusterPlaceIT implements PlaceContract {

    private static final String TOO_LONG = "-of-a-name-that-the-operator-does-not-take";

    private final Stage stage;
    private final String namespace;
    private final Place place;

    ClusterPlaceIT(Stage stage) {
        this.stage = stage;
        this.namespace = stage.namespace("place");
        var access = new ClusterAccess(Optional.empty(), Optional.of(stage.cluster().kubeconfig()));
        this.place = new Kubeconfig(access, Map.of()).way().open().get();
    }

    @AfterEach
    void theNamespaceGoes() {
        place.close();
        stage.cluster().deleteNamespace(namespace);
    }

    @Override
    public Place place() {
        return place;
    }

    @Override
    public String namespace() {
        return namespace;
    }

    @Override
    public String named(String word) {
        return word + TOO_LONG;
    }
}
