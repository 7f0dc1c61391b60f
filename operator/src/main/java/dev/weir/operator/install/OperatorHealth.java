package dev.weir.operator.install;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready while all watches are open. A gap in a watch mends itself, so it makes the operator unready
 * and does not kill it.
 */
@Readiness
@Singleton
public final class OperatorHealth implements HealthCheck {

    private final OperatorProcess process;

    public OperatorHealth(OperatorProcess process) {
        this.process = process;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("watches").status(process.healthy()).build();
    }
}
