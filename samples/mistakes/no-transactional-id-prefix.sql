-- ProgramInvalid: spec.program.sql line 4, column 1: Table 'delays' is written exactly-once and has no 'sink.transactional-id-prefix'
-- Remedy: add 'sink.transactional-id-prefix' to its options, with a value that no other job uses
CREATE TABLE flights (origin STRING, carrier STRING, dep_delay INT) WITH ('connector' = 'datagen', 'rows-per-second' = '10');
CREATE TABLE delays (carrier STRING, minutes BIGINT) WITH ('connector' = 'kafka', 'topic' = 'delays',
  'properties.bootstrap.servers' = 'kafka:9092', 'format' = 'json', 'sink.delivery-guarantee' = 'exactly-once');

INSERT INTO delays SELECT carrier, dep_delay FROM flights;
