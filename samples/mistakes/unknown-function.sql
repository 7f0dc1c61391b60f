-- ProgramInvalid: spec.program.sql line 6, column 36: No match found for function signature LATE(<NUMERIC>)
-- Remedy: correct the name or expression at this place
CREATE TABLE flights (origin STRING, carrier STRING, dep_delay INT) WITH ('connector' = 'datagen', 'rows-per-second' = '10');
CREATE TABLE delays (carrier STRING, minutes BIGINT) WITH ('connector' = 'blackhole');

INSERT INTO delays SELECT carrier, LATE(dep_delay) FROM flights;
