package dev.weir.e2e.node;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.weir.ledger.LedgerJson;
import dev.weir.protocol.CommandKeys;
import dev.weir.protocol.CommandSigner;
import dev.weir.protocol.JobDescription;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Volume;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;

/**
 * The operator's signing key, which the cluster's administrator may read and the suites therefore
 * can.
 */
public final class OperatorKey {

    private static final String FILE = "command.key";

    private OperatorKey() {}

    /** Signs commands that a job's pod obeys: the public half is the one that the pod was given. */
    public static CommandSigner signerFor(Cluster cluster, Pod pod) {
        String pem =
                cluster
                        .client()
                        .secrets()
                        .inNamespace(WeirInstallation.NAMESPACE)
                        .list()
                        .getItems()
                        .stream()
                        .map(secret -> secret.getData() == null ? null : secret.getData().get(FILE))
                        .filter(Objects::nonNull)
                        .findFirst()
                        .map(
                                base64 ->
                                        new String(
                                                Base64.getDecoder().decode(base64),
                                                StandardCharsets.UTF_8))
                        .orElseThrow(
                                () ->
                                        new IllegalStateException(
                                                "no secret of "
                                                        + WeirInstallation.NAMESPACE
                                                        + " has a field "
                                                        + FILE));
        return new CommandSigner(
                CommandKeys.privateKey(pem),
                CommandKeys.publicKey(description(program(cluster, pod)).commandKeys().getFirst()));
    }

    /** The ConfigMap that the pod has its program from. */
    public static ConfigMap program(Cluster cluster, Pod pod) {
        String name =
                pod.getSpec().getVolumes().stream()
                        .filter(volume -> volume.getName().equals("program"))
                        .map(Volume::getConfigMap)
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        new IllegalStateException(
                                                "pod "
                                                        + pod.getMetadata().getName()
                                                        + " has no volume named program"))
                        .getName();
        return cluster.client()
                .configMaps()
                .inNamespace(pod.getMetadata().getNamespace())
                .withName(name)
                .require();
    }

    static JobDescription description(ConfigMap program) {
        try {
            return LedgerJson.mapper()
                    .readValue(program.getData().get("job.json"), JobDescription.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "job.json of " + program.getMetadata().getName() + " cannot be read", e);
        }
    }
}
