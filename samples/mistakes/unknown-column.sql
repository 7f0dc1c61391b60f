-- ProgramInvalid: spec.program.sql line 7, column 21: Column 'delay' not found in any table
-- Remedy: correct the name or expression at this place
CREATE TABLE flights (origin STRING, carrier STRING, dep_delay INT) WITH ('connector' = 'datagen', 'rows-per-second' = '10');
CREATE TABLE delays (carrier STRING, minutes BIGINT) WITH ('connector' = 'blackhole');

INSERT INTO delays
SELECT carrier, SUM(delay) FROM flights GROUP BY carrier;
