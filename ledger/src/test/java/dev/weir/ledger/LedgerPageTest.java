package dev.weir.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The records that docs/ledger.md shows are the ones that are written. */
class LedgerPageTest {

    @Test
    void everyKindOfRecordIsShownAsItIsWritten() throws IOException {
        List<LedgerRecord> shown =
                Files.readAllLines(Path.of("../docs/ledger.md")).stream()
                        .filter(line -> line.startsWith("{\"kind\""))
                        .map(LedgerPageTest::asWritten)
                        .toList();

        assertThat(shown.stream().<Class<?>>map(Object::getClass))
                .containsExactlyInAnyOrder(LedgerRecord.class.getPermittedSubclasses());
    }

    private static LedgerRecord asWritten(String line) {
        assertThat(LedgerJson.read(line)).isInstanceOf(Seen.Present.class);
        LedgerRecord record = ((Seen.Present<LedgerRecord>) LedgerJson.read(line)).value();
        assertThat(LedgerJson.write(record)).isEqualTo(line);
        return record;
    }
}
