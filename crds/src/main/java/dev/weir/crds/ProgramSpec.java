package dev.weir.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** The program of a job: Flink SQL, written in the resource itself. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ProgramSpec(
        @Required
                @Size(min = 1, max = ProgramSpec.MAX_SQL_LENGTH)
                @JsonPropertyDescription(
                        "Flink SQL statements, separated by semicolons: CREATE statements, SET statements and one INSERT INTO or one"
                                + " EXECUTE STATEMENT SET. At most 200000 characters.")
                String sql) {

    /**
     * {@code kubectl apply} keeps the whole resource in an annotation too, and annotations end at
     * 256 KiB.
     */
    static final int MAX_SQL_LENGTH = 200_000;
}
