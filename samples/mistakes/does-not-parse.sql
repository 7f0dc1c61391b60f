-- ProgramInvalid: spec.program.sql line 8, column 8: "flights" is not expected here
-- Remedy: correct the statement at this place
CREATE TABLE flights (origin STRING, carrier STRING, dep_delay INT) WITH ('connector' = 'datagen', 'rows-per-second' = '10');
CREATE TABLE delays (carrier STRING, minutes BIGINT) WITH ('connector' = 'blackhole');

INSERT INTO delays
SELECT carrier, COUNT(*) FORM
       flights GROUP BY carrier;
