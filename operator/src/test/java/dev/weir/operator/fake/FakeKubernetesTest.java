package dev.weir.operator.fake;

import dev.weir.crds.StreamJob;
import dev.weir.operator.contract.KubernetesGatewayContract;
import dev.weir.operator.kubernetes.KubernetesGateway;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Optional;

/** The fake keeps the contract that the API server keeps. */
class FakeKubernetesTest implements KubernetesGatewayContract {

    @Override
    public Given given() {
        var fake = new FakeKubernetes(World.job("INSERT INTO a SELECT * FROM b", 1, ""), World.NOW);
        return new Given() {
            @Override
            public KubernetesGateway gateway() {
                return fake;
            }

            @Override
            public Optional<StreamJob> job() {
                return fake.gone()
                        ? Optional.empty()
                        : Optional.of(Serialization.clone(fake.job()));
            }

            @Override
            public void delete() {
                fake.delete();
            }
        };
    }
}
