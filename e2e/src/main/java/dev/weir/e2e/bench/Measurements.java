package dev.weir.e2e.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.e2e.node.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The values of a benchmark by metric, in the order of their first mention, and their summary as
 * text or JSON.
 */
final class Measurements {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String bench;
    private final String where;
    private final Map<String, List<Double>> values = new LinkedHashMap<>();

    /** Of the machine as such. */
    Measurements(String bench) {
        this(bench, machine());
    }

    /**
     * @param where what was measured, where a benchmark has several
     */
    Measurements(String bench, String where) {
        this.bench = bench;
        this.where = where;
    }

    void add(String metric, Duration value) {
        values.computeIfAbsent(metric, _ -> new ArrayList<>()).add(value.toNanos() / 1e6);
    }

    /** What a benchmark does in a namespace of its own. */
    @FunctionalInterface
    interface Work {
        void in(Stage stage, String namespace) throws Exception;
    }

    /**
     * Takes them on the node, leaves no job behind, and prints the summary.
     *
     * @return the exit code
     */
    int measure(Work what, boolean json) throws Exception {
        try (Stage stage = Stage.build()) {
            String namespace = stage.namespace("bench");
            try {
                what.in(stage, namespace);
            } finally {
                stage.cluster().deleteNamespace(namespace);
            }
        }
        System.out.print(summary(json));
        return 0;
    }

    /** One line a metric: JSON objects, or a table for people. */
    String summary(boolean json) throws JsonProcessingException {
        StringBuilder lines = new StringBuilder();
        for (Map.Entry<String, List<Double>> metric : values.entrySet()) {
            List<Double> sorted = metric.getValue().stream().sorted().toList();
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("bench", bench);
            line.put("metric", metric.getKey());
            line.put("unit", "ms");
            line.put("n", sorted.size());
            line.put("p50", rounded(quantile(sorted, 0.5)));
            line.put("p95", rounded(quantile(sorted, 0.95)));
            line.put("max", rounded(sorted.getLast()));
            line.put("where", where);
            lines.append(json ? JSON.writeValueAsString(line) : table(line)).append('\n');
        }
        return lines.toString();
    }

    /** The smallest value that at least the given share of values does not exceed. */
    static double quantile(List<Double> sorted, double share) {
        return sorted.get(Math.max(0, (int) Math.ceil(share * sorted.size()) - 1));
    }

    private static String table(Map<String, Object> line) {
        return "%-32s n %3d   p50 %8s ms   p95 %8s ms   max %8s ms"
                .formatted(
                        line.get("metric"),
                        line.get("n"),
                        line.get("p50"),
                        line.get("p95"),
                        line.get("max"));
    }

    private static double rounded(double milliseconds) {
        return Math.round(milliseconds * 10) / 10.0;
    }

    /** This machine, as far as it decides what is measured. */
    static String machine() {
        return "%d cores, load %s, %s %s, JDK %s"
                .formatted(
                        Runtime.getRuntime().availableProcessors(),
                        load(),
                        System.getProperty("os.name"),
                        System.getProperty("os.version"),
                        Runtime.version());
    }

    private static String load() {
        try {
            return Files.readString(Path.of("/proc/loadavg")).split(" ")[0];
        } catch (IOException e) {
            return "unknown (" + e.getMessage() + ")";
        }
    }
}
