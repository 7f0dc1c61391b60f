-- ProgramRefused: spec.program.sql line 5, column 1: SELECT is not a statement that a job's script may hold
-- Remedy: keep only SET, CREATE, DROP, ALTER, USE and INSERT in a job's script
CREATE TABLE flights (origin STRING, carrier STRING, dep_delay INT) WITH ('connector' = 'datagen', 'rows-per-second' = '10');

SELECT carrier, COUNT(*) FROM flights GROUP BY carrier;
