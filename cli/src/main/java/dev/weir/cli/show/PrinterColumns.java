package dev.weir.cli.show;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.cli.place.JobDocument;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * The columns in which jobs are shown: those of the resource definition, which is committed beside
 * the types that it is generated from, so that {@code weir get} and {@code kubectl get} show the
 * same.
 */
public final class PrinterColumns {

    private static final String DEFINITION = "/dev/weir/cli/streamjobs.weir.dev-v1alpha1.yml";

    private final List<Column> columns;

    private PrinterColumns(List<Column> columns) {
        this.columns = List.copyOf(columns);
    }

    /** How a value is written. */
    private enum Kind {
        TEXT,
        AGE
    }

    private record Column(String title, JsonPath path, Kind kind) {

        String cell(JsonNode job, Instant now) {
            return path.from(job)
                    .map(JsonNode::asText)
                    .map(
                            value ->
                                    switch (kind) {
                                        case TEXT -> value;
                                        case AGE -> Ages.since(Instant.parse(value), now);
                                    })
                    .orElse("");
        }
    }

    /**
     * @param wide with those that stand in the definition with a lower priority
     */
    public static PrinterColumns ofStreamJobs(boolean wide) {
        try (var definition = PrinterColumns.class.getResourceAsStream(DEFINITION)) {
            var tree =
                    Trees.of(
                            new Load(LoadSettings.builder().build())
                                    .loadFromInputStream(definition));
            var columns = new ArrayList<Column>();
            for (var column : tree.at("/spec/versions/0/additionalPrinterColumns")) {
                if (wide || column.path("priority").asInt() == 0) {
                    columns.add(column(column));
                }
            }
            return new PrinterColumns(columns);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Column column(JsonNode column) {
        return new Column(
                column.get("name").asText().toUpperCase(Locale.ROOT),
                JsonPath.parse(column.get("jsonPath").asText()),
                column.get("type").asText().equals("date") ? Kind.AGE : Kind.TEXT);
    }

    public List<String> titles() {
        return columns.stream().map(Column::title).toList();
    }

    /** One cell for each column; empty where the job has nothing to say. */
    public List<String> cells(JobDocument job, Instant now) {
        var tree = job.json();
        return columns.stream().map(column -> column.cell(tree, now)).toList();
    }
}
