-- ConfigurationInvalid: spec.program.sql line 4, column 1: Table 'delays' has 'properties.transaction.timeout.ms' = '5000', less than spec.checkpoint.interval (10000 ms) and the 60000 ms that a restart may take: its transactions would expire before they are committed, and their rows be lost
-- Remedy: set it to at least 70000, or shorten spec.checkpoint.interval
CREATE TABLE flights (origin STRING, carrier STRING, dep_delay INT) WITH ('connector' = 'datagen', 'rows-per-second' = '10');
CREATE TABLE delays (carrier STRING, minutes BIGINT) WITH ('connector' = 'kafka', 'topic' = 'delays',
  'properties.bootstrap.servers' = 'kafka:9092', 'format' = 'json', 'sink.delivery-guarantee' = 'exactly-once',
  'sink.transactional-id-prefix' = 'delays', 'properties.transaction.timeout.ms' = '5000');

INSERT INTO delays SELECT carrier, dep_delay FROM flights;
