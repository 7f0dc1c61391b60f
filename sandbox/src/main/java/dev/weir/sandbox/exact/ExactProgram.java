package dev.weir.sandbox.exact;

/**
 * The SQL of the job under test: one output row for each input record, append-only, in Kafka
 * transactions, with the key's count and {@link RunningHash} out of keyed state. Rows of a key keep
 * their order: the output is keyed too.
 *
 * @param transactionalIdPrefix one for each job, the same over all of its restarts: else an open
 *     transaction of a dead attempt would block readers until it expires
 */
public record ExactProgram(ExactTopics topics, String transactionalIdPrefix) {

    public String sql() {
        return """
                CREATE TABLE numbers (
                  k BIGINT,
                  seq BIGINT,
                  v BIGINT,
                  arrived AS PROCTIME()
                ) WITH (
                  'connector' = 'kafka',
                  'topic' = '%1$s',
                  'properties.bootstrap.servers' = '%3$s',
                  'scan.startup.mode' = 'earliest-offset',
                  'format' = 'json'
                );

                CREATE TABLE checked (
                  k BIGINT,
                  seq BIGINT,
                  v BIGINT,
                  n BIGINT,
                  h BIGINT
                ) WITH (
                  'connector' = 'kafka',
                  'topic' = '%2$s',
                  'properties.bootstrap.servers' = '%3$s',
                  'key.format' = 'json',
                  'key.fields' = 'k',
                  'value.format' = 'json',
                  'sink.delivery-guarantee' = 'exactly-once',
                  'sink.transactional-id-prefix' = '%4$s',
                  'sink.transaction-naming-strategy' = 'incrementing',
                  'properties.transaction.timeout.ms' = '900000'
                );

                INSERT INTO checked
                SELECT k, seq, v, COUNT(*) OVER so_far, SUM(mixed) OVER so_far
                FROM (SELECT k, seq, v, %5$s AS mixed, arrived FROM numbers)
                WINDOW so_far AS (PARTITION BY k ORDER BY arrived);
                """
                .formatted(
                        topics.input(),
                        topics.output(),
                        topics.bootstrapServers(),
                        transactionalIdPrefix,
                        RunningHash.SQL_MIX);
    }
}
