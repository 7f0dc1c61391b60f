-- ProgramInvalid: The script has no INSERT statement, so there is nothing to run
-- Remedy: add an INSERT INTO … SELECT … to the script
CREATE TABLE flights (origin STRING, carrier STRING, dep_delay INT) WITH ('connector' = 'datagen', 'rows-per-second' = '10');
CREATE TABLE delays (carrier STRING, minutes BIGINT) WITH ('connector' = 'blackhole');
