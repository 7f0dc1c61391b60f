package dev.weir.runtime.program;

import dev.weir.protocol.Problem.Kind;
import java.util.Map;
import org.apache.flink.table.operations.SinkModifyOperation;

/**
 * Refuses sinks that lose data. In Flink 2.3 the recoverable writer of the native S3 file system
 * drops the tail of an unfinished part when it recovers, so a file sink on S3 loses rows without a
 * word.
 */
final class UnsoundSinks {

    private UnsoundSinks() {}

    static void check(SqlProgram.Insert insert, CreatedTables created) throws PreparationException {
        if (!(insert.operation() instanceof SinkModifyOperation sink)) {
            return;
        }
        var table = sink.getContextResolvedTable();
        Map<String, String> options = table.getResolvedTable().getOptions();
        String path = options.getOrDefault("path", "");
        if ("filesystem".equals(options.get("connector")) && path.matches("(?i)s3[an]?:.*")) {
            throw PreparationException.at(
                    Kind.PROGRAM_REFUSED,
                    "Table '"
                            + CreatedTables.name(table)
                            + "' writes files to "
                            + path
                            + ", and Flink 2.3's file sink on S3 loses rows when a job recovers",
                    created.place(table, insert.statement()),
                    "write to Kafka with 'sink.delivery-guarantee' = 'exactly-once' instead");
        }
    }
}
