package dev.weir.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.cli.output.KafkaSinks.Sink;
import org.junit.jupiter.api.Test;

class KafkaSinksTest {

    @Test
    void aTableThatIsInsertedIntoIsASinkAndOneThatIsReadIsNone() {
        assertThat(
                        KafkaSinks.of(
                                """
                                -- what comes in; not a sink
                                CREATE TABLE flights (origin STRING) WITH (
                                  'connector' = 'kafka', 'topic' = 'flights',
                                  'properties.bootstrap.servers' = 'kafka:9092');
                                CREATE TABLE delays (origin STRING, n BIGINT, PRIMARY KEY (origin) NOT ENFORCED) WITH (
                                  'connector' = 'upsert-kafka', 'topic' = 'late;ones',
                                  'properties.bootstrap.servers' = 'kafka:9092');
                                INSERT INTO delays SELECT origin, COUNT(*) FROM flights GROUP BY origin;
                                """))
                .containsExactly(new Sink("delays", "late;ones", "kafka:9092"));
    }

    @Test
    void namesAreQuotedOrNotAndCaseDoesNotMatter() {
        assertThat(
                        KafkaSinks.of(
                                """
                                create temporary table if not exists `Out` (v INT)
                                  with ('connector'='kafka','topic'='o','properties.bootstrap.servers'='k:1');
                                EXECUTE STATEMENT SET BEGIN
                                insert into out select 1; INSERT INTO other SELECT 2; END
                                """))
                .containsExactly(new Sink("out", "o", "k:1"));
    }

    @Test
    void aSinkThatIsNoTopicOrLacksItsAddressIsPassedOver() {
        assertThat(
                        KafkaSinks.of(
                                """
                                CREATE TABLE a (v INT) WITH ('connector' = 'print');
                                CREATE TABLE b (v INT) WITH ('connector' = 'kafka', 'topic' = 'b');
                                /* INSERT INTO c SELECT 1; */
                                INSERT INTO a SELECT 1; INSERT INTO b SELECT 1
                                """))
                .isEmpty();
    }
}
