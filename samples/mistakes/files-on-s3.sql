-- ProgramRefused: spec.program.sql line 4, column 1: Table 'delays' writes files to s3://bucket/delays, and Flink 2.3's file sink on S3 loses rows when a job recovers
-- Remedy: write to Kafka with 'sink.delivery-guarantee' = 'exactly-once' instead
CREATE TABLE flights (origin STRING, carrier STRING, dep_delay INT) WITH ('connector' = 'datagen', 'rows-per-second' = '10');
CREATE TABLE delays (carrier STRING, minutes BIGINT) WITH ('connector' = 'filesystem', 'path' = 's3://bucket/delays', 'format' = 'csv');

INSERT INTO delays SELECT carrier, dep_delay FROM flights;
