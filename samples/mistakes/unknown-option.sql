-- ProgramInvalid: spec.program.sql line 3, column 1: Table 'flights': Unsupported options found for 'datagen'. Unsupported options: rows-per-secnd. Supported options: connector, fields.carrier.kind, fields.carrier.length, fields.carrier.null-rate, fields.carrier.var-len, number-of-rows, rows-per-second, scan.parallelism
-- Remedy: correct the options of the table that is created at this place
CREATE TABLE flights (carrier STRING) WITH ('connector' = 'datagen', 'rows-per-secnd' = '10');
CREATE TABLE delays (carrier STRING, minutes BIGINT) WITH ('connector' = 'blackhole');

INSERT INTO delays SELECT carrier, COUNT(*) FROM flights GROUP BY carrier;
