-- ProgramInvalid: spec.program.sql line 4, column 1: Table 'delays': 'pulsar' is not known; known are blackhole, datagen, dynamic-kafka, filesystem, kafka, legacy-csv, print, upsert-kafka
-- Remedy: correct the options of the table that is created at this place
CREATE TABLE flights (origin STRING, carrier STRING, dep_delay INT) WITH ('connector' = 'datagen', 'rows-per-second' = '10');
CREATE TABLE delays (carrier STRING, minutes BIGINT) WITH ('connector' = 'pulsar');

INSERT INTO delays SELECT carrier, COUNT(*) FROM flights GROUP BY carrier;
