package dev.weir.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.crds.StreamJob;
import dev.weir.local.store.Edit;
import dev.weir.local.store.Key;
import dev.weir.local.store.Kind;
import dev.weir.local.store.ResourceFiles;
import dev.weir.operator.contract.KubernetesGatewayContract;
import dev.weir.operator.kubernetes.KubernetesGateway;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The local world keeps the contract that the API server keeps. */
class LocalKubernetesTest implements KubernetesGatewayContract {

    private static final Key KEY = new Key("default", "delays");

    @TempDir Path root;

    @Override
    public Given given() {
        var files = new ResourceFiles(root);
        files.change(Kind.STREAM_JOBS, KEY, _ -> new Edit.Put<>(job()));
        var gateway = new LocalKubernetes(files, Clock.systemUTC());
        return new Given() {
            @Override
            public KubernetesGateway gateway() {
                return gateway;
            }

            @Override
            public Optional<StreamJob> job() {
                return files.get(Kind.STREAM_JOBS, KEY);
            }

            @Override
            public void delete() {
                files.change(
                        Kind.STREAM_JOBS, KEY, before -> Admitting.deleted(before.orElseThrow()));
            }
        };
    }

    @Test
    void whatAJobOwnsGoesWithIt() {
        var given = given();
        var files = new ResourceFiles(root);
        var uid = given.job().orElseThrow().getMetadata().getUid();
        given.gateway()
                .create(
                        new ConfigMapBuilder()
                                .withNewMetadata()
                                .withNamespace("default")
                                .withName("program")
                                .addNewOwnerReference()
                                .withUid(uid)
                                .withController(true)
                                .endOwnerReference()
                                .endMetadata()
                                .build());
        given.gateway().addFinalizer(given.job().orElseThrow());
        given.delete();
        given.gateway().removeFinalizer(given.job().orElseThrow());
        assertThat(files.list(Kind.CONFIG_MAPS)).isEmpty();
    }

    private static StreamJob job() {
        return Serialization.unmarshal(
                """
                apiVersion: weir.dev/v1alpha1
                kind: StreamJob
                metadata: {name: delays, namespace: default, uid: u-1, generation: 1}
                spec:
                  program: {sql: "INSERT INTO a SELECT * FROM b"}
                """,
                StreamJob.class);
    }
}
