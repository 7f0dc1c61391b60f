package dev.weir.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.UncheckedIOException;

/**
 * Records as JSON and back. Unknown fields are passed over, so that an older Weir reads a newer
 * ledger; an unknown kind of record is unreadable, never skipped.
 */
public final class LedgerJson {

    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .addModule(new Jdk8Module())
                    .addModule(new JavaTimeModule())
                    .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .defaultPropertyInclusion(
                            JsonInclude.Value.construct(
                                    JsonInclude.Include.NON_ABSENT, JsonInclude.Include.NON_ABSENT))
                    .build();

    private LedgerJson() {}

    /** The mapper that everything on the wire shares: ledger, events, commands. */
    public static JsonMapper mapper() {
        return MAPPER;
    }

    public static String write(LedgerRecord record) {
        try {
            return MAPPER.writerFor(LedgerRecord.class).writeValueAsString(record);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("a record of the ledger has no JSON form: " + record, e);
        }
    }

    /** A record that can't be read is there all the same: Unreachable, never Absent. */
    public static Seen<LedgerRecord> read(String content) {
        try {
            return Seen.present(MAPPER.readValue(content, LedgerRecord.class));
        } catch (JsonProcessingException e) {
            return Seen.unreachable("unreadable ledger record: " + e.getOriginalMessage());
        }
    }
}
