package dev.weir.operator.plan;

import dev.weir.crds.Phase;
import dev.weir.ledger.Seen;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Everything that was seen of a savepoint's job at one moment.
 *
 * @param job Absent: the API server says that there is none of the name
 * @param pods that belong to that job's UID, terminating ones too
 */
public record SavepointScene(Instant now, Seen<Job> job, List<PodView> pods) {

    public SavepointScene {
        pods = List.copyOf(pods);
    }

    /**
     * @param phase as its status says, for people
     */
    public record Job(String uid, Optional<Phase> phase) {

        String stands() {
            return phase.map(known -> "it is " + known.name().toLowerCase(Locale.ROOT)).orElse("");
        }
    }
}
