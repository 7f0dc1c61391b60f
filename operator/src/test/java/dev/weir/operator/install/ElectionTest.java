package dev.weir.operator.install;

import static org.assertj.core.api.Assertions.assertThat;

import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Numbers as in {@link Election}. */
class ElectionTest {

    private static final LeaderElectionConfiguration CONFIGURED =
            Election.forLease("weir-operator", "weir-system", "weir-0");

    @Test
    void rule1_anotherOneLeadsSixSecondsAfterADeathEvenWithTheLongestWaits() {
        assertThat(CONFIGURED.getLeaseDuration().plus(Election.LONGEST_WAIT))
                .isLessThan(Duration.ofSeconds(6));
        assertThat(Election.LONGEST_WAIT).isGreaterThan(CONFIGURED.getRetryPeriod());
    }

    @Test
    void rule2_aLeaderLetsGoBeforeItsLeaseEnds() {
        assertThat(CONFIGURED.getRenewDeadline().plus(CONFIGURED.getRetryPeriod()))
                .isLessThan(CONFIGURED.getLeaseDuration());
    }
}
