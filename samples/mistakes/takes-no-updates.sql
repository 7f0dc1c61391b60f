-- ProgramInvalid: spec.program.sql line 7, column 1: Table sink 'delays' doesn't support consuming update changes which is produced by node GroupAggregate(groupBy=[carrier], select=[carrier, COUNT(*) AS EXPR$1])
-- Remedy: write to a table with a PRIMARY KEY whose connector takes updates, such as upsert-kafka
CREATE TABLE flights (origin STRING, carrier STRING, dep_delay INT) WITH ('connector' = 'datagen', 'rows-per-second' = '10');
CREATE TABLE delays (carrier STRING, minutes BIGINT) WITH ('connector' = 'kafka', 'topic' = 'delays',
  'properties.bootstrap.servers' = 'kafka:9092', 'format' = 'json');

INSERT INTO delays SELECT carrier, COUNT(*) FROM flights GROUP BY carrier;
