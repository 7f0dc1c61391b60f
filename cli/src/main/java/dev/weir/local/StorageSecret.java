package dev.weir.local;

import dev.weir.local.store.Edit;
import dev.weir.local.store.Key;
import dev.weir.local.store.Kind;
import dev.weir.local.store.ResourceFiles;
import dev.weir.sandbox.servers.S3Credentials;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.Map;

/** The credentials of the world's own store, in each namespace that has a job. */
final class StorageSecret {

    private StorageSecret() {}

    static void ensure(ResourceFiles files, String namespace) {
        files.change(
                Kind.SECRETS,
                new Key(namespace, WorldMain.SECRET),
                before ->
                        before.isPresent()
                                ? new Edit.Keep<>()
                                : new Edit.Put<>(
                                        new SecretBuilder()
                                                .withNewMetadata()
                                                .withNamespace(namespace)
                                                .withName(WorldMain.SECRET)
                                                .endMetadata()
                                                .withStringData(
                                                        Map.of(
                                                                "AWS_ACCESS_KEY_ID",
                                                                S3Credentials.TEST.accessKeyId(),
                                                                "AWS_SECRET_ACCESS_KEY",
                                                                S3Credentials.TEST
                                                                        .secretAccessKey()))
                                                .build()));
    }
}
