package dev.weir.simulation;

import java.util.List;
import java.util.Set;

/**
 * The model job's state as a checkpoint or savepoint holds it.
 *
 * @param origin the fresh start that this state goes back to: output is counted from there
 * @param offset the source's position
 * @param pending transactions that are prepared and to be committed with it
 * @param files that it needs, those shared with earlier ones among them
 */
record Snapshot(
        String location,
        long id,
        String origin,
        long offset,
        List<Sink.Id> pending,
        Set<String> files) {

    Snapshot {
        pending = List.copyOf(pending);
        files = Set.copyOf(files);
    }
}
