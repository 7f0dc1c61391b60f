package dev.weir.runtime.program;

import java.util.HashMap;
import java.util.Map;
import org.apache.flink.table.catalog.ContextResolvedTable;
import org.apache.flink.table.catalog.ObjectIdentifier;

/** Where in the script each table was created: what is wrong with its options is wrong there. */
final class CreatedTables {

    private final Map<String, SqlStatement> statements = new HashMap<>();

    void created(ObjectIdentifier table, SqlStatement statement) {
        statements.put(table.asSummaryString(), statement);
    }

    /**
     * @param table {@code catalog.database.table}
     * @param otherwise for a table that the script did not create
     */
    SqlStatement place(String table, SqlStatement otherwise) {
        return statements.getOrDefault(table, otherwise);
    }

    SqlStatement place(ContextResolvedTable table, SqlStatement otherwise) {
        return place(table.getIdentifier().asSummaryString(), otherwise);
    }

    /** A table as its author calls it: without the catalog and database that nobody wrote. */
    static String name(ContextResolvedTable table) {
        return FlinkWords.inOneLine(table.getIdentifier().asSummaryString());
    }
}
