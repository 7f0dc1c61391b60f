-- ProgramInvalid: spec.program.sql line 6, column 66: The string literal that starts here is never closed
-- Remedy: close it with '
CREATE TABLE flights (origin STRING, carrier STRING, dep_delay INT) WITH ('connector' = 'datagen', 'rows-per-second' = '10');
CREATE TABLE delays (carrier STRING, minutes BIGINT) WITH ('connector' = 'blackhole');

INSERT INTO delays SELECT carrier, 1 FROM flights WHERE origin = 'JFK;
