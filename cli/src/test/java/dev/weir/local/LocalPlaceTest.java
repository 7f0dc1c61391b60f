package dev.weir.local;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.cli.contract.PlaceContract;
import dev.weir.cli.place.Place;
import dev.weir.cli.place.UnreachableException;
import dev.weir.local.store.ResourceFiles;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The local world keeps what verbs rely on, as a cluster does. */
class LocalPlaceTest implements PlaceContract {

    @TempDir Path root;

    @Override
    public Place place() {
        var home = new LocalHome(root);
        return new LocalPlace(
                home, new ResourceFiles(home.resources()), SchemaAdmission.ofTheCommittedSchema());
    }

    @Override
    public String namespace() {
        return "default";
    }

    @Test
    void aWorldThatIsDownIsUnreachableAndTheRemedyIsNamed() {
        assertThatThrownBy(() -> LocalPlace.of(new LocalHome(root)))
                .isInstanceOf(UnreachableException.class)
                .hasMessageContaining("is down: './weir up' starts it");
    }
}
