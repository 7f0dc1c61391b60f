-- ProgramInvalid: spec.program.sql line 6, column 1: Column types of query result and sink for 'delays' do not match. Cause: Incompatible types for sink column 'carrier' at position 1. Query schema: [dep_delay: INT, EXPR$1: BIGINT NOT NULL] Sink schema: [carrier: STRING, minutes: BIGINT]
-- Remedy: correct the statement that starts at this place
CREATE TABLE flights (origin STRING, carrier STRING, dep_delay INT) WITH ('connector' = 'datagen', 'rows-per-second' = '10');
CREATE TABLE delays (carrier STRING, minutes BIGINT) WITH ('connector' = 'blackhole');

INSERT INTO delays SELECT dep_delay, COUNT(*) FROM flights GROUP BY dep_delay;
