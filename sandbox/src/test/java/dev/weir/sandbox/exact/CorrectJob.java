package dev.weir.sandbox.exact;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * What a job without faults writes for an input: the same rows that {@link ExactProgram} describes
 * in SQL.
 */
final class CorrectJob {

    private final InputSequence input;
    private final Map<Long, Long> counts = new HashMap<>();
    private final Map<Long, Long> hashes = new HashMap<>();

    CorrectJob(InputSequence input) {
        this.input = input;
    }

    List<OutputRecord> rows(long total) {
        return LongStream.range(0, total).mapToObj(this::row).toList();
    }

    private OutputRecord row(long index) {
        InputRecord record = input.at(index);
        return new OutputRecord(
                record.key(),
                record.sequence(),
                record.value(),
                counts.merge(record.key(), 1L, Long::sum),
                hashes.merge(
                        record.key(),
                        RunningHash.mix(record.sequence(), record.value()),
                        Long::sum));
    }
}
