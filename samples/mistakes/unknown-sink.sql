-- ProgramInvalid: spec.program.sql line 6, column 13: Table 'delay' not found
-- Remedy: create the table before this statement, or correct its name
CREATE TABLE flights (origin STRING, carrier STRING, dep_delay INT) WITH ('connector' = 'datagen', 'rows-per-second' = '10');
CREATE TABLE delays (carrier STRING, minutes BIGINT) WITH ('connector' = 'blackhole');

INSERT INTO delay SELECT carrier, COUNT(*) FROM flights GROUP BY carrier;
