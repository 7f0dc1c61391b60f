package dev.weir.e2e.bench;

import dev.weir.sandbox.exact.ExactTopics;

/**
 * A small job whose rows say which revision of its program wrote them, and when: counts by key in a
 * transactional sink, over the input of the exactness checks.
 */
record RevisionedJob(ExactTopics topics, String transactionalIdPrefix) {

    /** The program of one revision. It differs from another's in a projection after the count. */
    String sql(int revision) {
        return """
                CREATE TABLE numbers (
                  k BIGINT,
                  arrived AS PROCTIME()
                ) WITH (
                  'connector' = 'kafka',
                  'topic' = '%1$s',
                  'properties.bootstrap.servers' = '%3$s',
                  'scan.startup.mode' = 'earliest-offset',
                  'format' = 'json'
                );
                CREATE TABLE counts (
                  k BIGINT,
                  n BIGINT,
                  revision INT,
                  written TIMESTAMP_LTZ(3)
                ) WITH (
                  'connector' = 'kafka',
                  'topic' = '%2$s',
                  'properties.bootstrap.servers' = '%3$s',
                  'format' = 'json',
                  'json.timestamp-format.standard' = 'ISO-8601',
                  'sink.delivery-guarantee' = 'exactly-once',
                  'sink.transactional-id-prefix' = '%4$s',
                  'sink.transaction-naming-strategy' = 'incrementing',
                  'properties.transaction.timeout.ms' = '900000'
                );
                INSERT INTO counts
                SELECT k, n, %5$d, CURRENT_ROW_TIMESTAMP()
                FROM (
                  SELECT k, COUNT(*) OVER (PARTITION BY k ORDER BY arrived) AS n FROM numbers
                );
                """
                .formatted(
                        topics.input(),
                        topics.output(),
                        topics.bootstrapServers(),
                        transactionalIdPrefix,
                        revision);
    }

    String manifest(String name, int revision) {
        return """
                apiVersion: weir.dev/v1alpha1
                kind: StreamJob
                metadata:
                  name: %s
                spec:
                  program:
                    sql: |
                %s
                  resources: {cpu: 200m, memory: 1Gi}
                  checkpoint: {interval: 1s}
                  deletion: {state: Delete}
                """
                .formatted(name, sql(revision).indent(6));
    }
}
