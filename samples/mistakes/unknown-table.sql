-- ProgramInvalid: spec.program.sql line 7, column 6: Object 'fligths' not found
-- Remedy: correct the name or expression at this place
CREATE TABLE flights (origin STRING, carrier STRING, dep_delay INT) WITH ('connector' = 'datagen', 'rows-per-second' = '10');
CREATE TABLE delays (carrier STRING, minutes BIGINT) WITH ('connector' = 'blackhole');

INSERT INTO delays SELECT carrier, COUNT(*)
FROM fligths GROUP BY carrier;
