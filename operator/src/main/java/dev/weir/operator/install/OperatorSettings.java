package dev.weir.operator.install;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** What the chart sets, each by its variable: {@code weir.runtime-image} is WEIR_RUNTIME_IMAGE. */
@ConfigMapping(prefix = "weir")
public interface OperatorSettings {

    /** Image of runtime pods whose job names none. */
    @WithDefault("docker.io/weir/runtime:0.1.0")
    String runtimeImage();

    /** Ed25519 private key, PKCS#8 in PEM. */
    @WithDefault("/weir/keys/command.key")
    Path commandKeyFile();

    /** The key before it, while pods are about that know no other; need not be there. */
    @WithDefault("/weir/keys/previous.key")
    Path previousCommandKeyFile();

    /** Slots of a ledger term after which its owner rolls; lowered by tests alone. */
    @WithDefault("1000")
    int rollAfter();

    /** Who this operator is, in leases and events: the name of its pod. */
    @WithDefault("weir-operator")
    String instance();

    Lease lease();

    Storage storage();

    /** The lease that one operator of many holds. */
    interface Lease {

        @WithDefault("weir-operator")
        String name();

        /** Namespace of the lease; without it, there is no election, and one operator only. */
        Optional<String> namespace();
    }

    /** Storage of jobs that name none; absent without a URI. */
    interface Storage {

        /** {@code s3://bucket/prefix}, without a slash at its end. */
        Optional<String> uri();

        @WithDefault("us-east-1")
        String region();

        Optional<URI> endpoint();

        @WithDefault("false")
        boolean pathStyle();

        /** Secret in the namespace of each job. */
        Optional<String> credentialsSecret();
    }
}
