-- ProgramRefused: spec.program.sql line 3, column 1: The script sets 'pipeline.name', which Weir owns
-- Remedy: set metadata.name instead
SET 'pipeline.name' = 'nightly';
CREATE TABLE flights (origin STRING, carrier STRING, dep_delay INT) WITH ('connector' = 'datagen', 'rows-per-second' = '10');
CREATE TABLE delays (carrier STRING, minutes BIGINT) WITH ('connector' = 'blackhole');

INSERT INTO delays SELECT carrier, COUNT(*) FROM flights GROUP BY carrier;
