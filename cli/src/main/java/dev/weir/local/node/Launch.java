package dev.weir.local.node;

import dev.weir.local.store.Key;
import dev.weir.operator.kubernetes.PodManifests;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Volume;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a pod's manifest comes to as a process on this machine. Pure. The manifest is the one that a
 * cluster would get: its environment is taken as it stands, and what the image's paths and the
 * pod's own address are for a container is said by variables.
 */
sealed interface Launch {

    /**
     * @param environment of the process, and nothing of this one's
     * @param program files to be laid out before it starts, by name
     * @param secret the same of the Secret, whose files follow it while the process runs
     */
    record Ready(
            List<String> command,
            Map<String, String> environment,
            Map<String, String> program,
            Map<String, String> secret)
            implements Launch {}

    /** Why the container can't be made, in the kubelet's words. */
    record Refused(String reason, String message) implements Launch {}

    /** What a manifest may refer to. */
    record Lookup(
            Function<Key, Optional<ConfigMap>> configMaps,
            Function<Key, Optional<Secret>> secrets) {}

    /**
     * @param folder of the pod, absolute
     * @param image whose runtime is installed here
     */
    static Launch of(
            Pod pod,
            Lookup lookup,
            RuntimeInstall runtime,
            String image,
            Path folder,
            Ports ports) {
        Container container = pod.getSpec().getContainers().getFirst();
        if (!container.getImage().equals(image)) {
            return new Refused(
                    "ErrImagePull",
                    "the local world runs the runtime that is built here and no images, so not '"
                            + container.getImage()
                            + "': leave spec.image out, or apply the job to a cluster");
        }
        Map<String, String> secrets = new HashMap<>();
        for (var source : container.getEnvFrom()) {
            String name = source.getSecretRef().getName();
            Optional<Secret> secret = lookup.secrets().apply(beside(pod, name));
            if (secret.isEmpty()) {
                return new Refused(
                        "CreateContainerConfigError", "secret \"" + name + "\" not found");
            }
            secrets.putAll(text(secret.get()));
        }
        String program = programName(pod);
        Optional<ConfigMap> files = lookup.configMaps().apply(beside(pod, program));
        if (files.isEmpty()) {
            return new Refused("ContainerCreating", "configmap \"" + program + "\" not found");
        }
        Map<String, String> environment = new HashMap<>(secrets);
        for (EnvVar variable : container.getEnv()) {
            environment.put(variable.getName(), value(pod, variable));
        }
        environment.put("WEIR_PROGRAM", folder.resolve("program").toString());
        environment.put("WEIR_SECRET", folder.resolve(PodFolder.SECRET).toString());
        environment.put("WEIR_WORK", folder.resolve("work").toString());
        environment.put("WEIR_CONTROL_PORT", String.valueOf(ports.control()));
        environment.put("WEIR_REST_PORT", String.valueOf(ports.rest()));
        environment.put("WEIR_RPC_PORT", String.valueOf(ports.rpc()));
        return new Ready(command(runtime, folder), environment, files.get().getData(), secrets);
    }

    private static Key beside(Pod pod, String name) {
        return new Key(pod.getMetadata().getNamespace(), name);
    }

    private static String programName(Pod pod) {
        return pod.getSpec().getVolumes().stream()
                .filter(volume -> volume.getConfigMap() != null)
                .map(Volume::getConfigMap)
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "pod " + pod.getMetadata().getName() + " has no program"))
                .getName();
    }

    private static Map<String, String> text(Secret secret) {
        Map<String, String> text = new HashMap<>();
        if (secret.getStringData() != null) {
            text.putAll(secret.getStringData());
        }
        if (secret.getData() != null) {
            secret.getData()
                    .forEach(
                            (name, base64) ->
                                    text.put(
                                            name,
                                            new String(
                                                    Base64.getDecoder().decode(base64),
                                                    StandardCharsets.UTF_8)));
        }
        return text;
    }

    private static String value(Pod pod, EnvVar variable) {
        if (variable.getValueFrom() == null) {
            return variable.getValue();
        }
        String path = variable.getValueFrom().getFieldRef().getFieldPath();
        return switch (path) {
            case "metadata.uid" -> pod.getMetadata().getUid();
            case "metadata.name" -> pod.getMetadata().getName();
            case "metadata.namespace" -> pod.getMetadata().getNamespace();
            case "status.podIP" -> LocalNode.ADDRESS;
            case String other ->
                    throw new IllegalArgumentException(
                            PodManifests.CONTAINER + " asks for the field " + other);
        };
    }

    private static List<String> command(RuntimeInstall runtime, Path folder) {
        List<String> command = new ArrayList<>();
        command.add(runtime.java().toString());
        command.addAll(runtime.options());
        command.add("-Djava.io.tmpdir=" + folder.resolve("tmp"));
        command.add("-cp");
        command.add(runtime.classPath());
        command.add(RuntimeInstall.MAIN);
        return command;
    }
}
