package dev.weir.operator.install;

import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import java.time.Duration;

/**
 * How one operator of many comes to lead.
 *
 * <ol>
 *   <li>Six seconds after a leader has died another one leads. That one looks at the lease each
 *       {@link #LOOK}, and up to {@link #LONGEST_WAIT} later, which the client draws by lot.
 *   <li>A leader that can't renew its lease lets go before the lease ends.
 * </ol>
 */
final class Election {

    static final Duration LEASE = Duration.ofSeconds(4);
    static final Duration RENEWED_WITHIN = Duration.ofSeconds(3);
    static final Duration LOOK = Duration.ofMillis(800);

    /** Between two looks: the client's jitter is 1.2 times what it is asked to wait, at most. */
    static final Duration LONGEST_WAIT = LOOK.multipliedBy(22).dividedBy(10);

    private Election() {}

    static LeaderElectionConfiguration forLease(String name, String namespace, String identity) {
        return LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(name)
                .withLeaseNamespace(namespace)
                .withIdentity(identity)
                .withLeaseDuration(LEASE)
                .withRenewDeadline(RENEWED_WITHIN)
                .withRetryPeriod(LOOK)
                .build();
    }
}
