package dev.weir.operator.install;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/**
 * Gives the framework's meter of received events the same tags each time. It is registered with and
 * without {@code action}; Prometheus refuses the second, by an exception inside the watch's thread
 * that loses the event.
 */
final class EventMetersFilter {

    @Produces
    @Singleton
    MeterFilter sameTags() {
        return new MeterFilter() {
            @Override
            public Meter.Id map(Meter.Id id) {
                return id.getName().startsWith("events.received") && id.getTag("action") == null
                        ? id.withTag(Tag.of("action", "none"))
                        : id;
            }
        };
    }
}
