package dev.weir.cli.output;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which Kafka topics a SQL program writes to, as far as its text says. It knows the few statements
 * that matter for that, and no more of SQL: what it does not understand it passes over, so an
 * answer may lack a sink and never has a wrong one. Whether a program is right is for the runtime
 * to say.
 */
public final class KafkaSinks {

    private static final Pattern CREATE =
            Pattern.compile(
                    "CREATE\\s+(?:TEMPORARY\\s+)?TABLE\\s+(?:IF\\s+NOT\\s+EXISTS\\s+)?([\\w.`]+)"
                            + ".*\\bWITH\\s*\\((.*)\\)\\s*",
                    Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private static final Pattern INSERT =
            Pattern.compile(
                    "\\bINSERT\\s+(?:INTO|OVERWRITE)\\s+([\\w.`]+)", Pattern.CASE_INSENSITIVE);

    private static final Pattern OPTION =
            Pattern.compile("'((?:[^']|'')*)'\\s*=\\s*'((?:[^']|'')*)'");

    private static final Set<String> CONNECTORS = Set.of("kafka", "upsert-kafka");

    private KafkaSinks() {}

    /**
     * A topic that a job writes to.
     *
     * @param table its name in the program
     */
    public record Sink(String table, String topic, String bootstrapServers) {}

    /** In the order in which the program first writes to them. */
    public static List<Sink> of(String sql) {
        Map<String, Map<String, String>> tables = new HashMap<>();
        Set<String> written = new LinkedHashSet<>();
        for (String statement : statements(sql)) {
            Matcher create = CREATE.matcher(statement);
            if (create.matches()) {
                tables.put(name(create.group(1)), options(create.group(2)));
            }
            Matcher insert = INSERT.matcher(statement);
            while (insert.find()) {
                written.add(name(insert.group(1)));
            }
        }
        return written.stream()
                .flatMap(table -> sink(table, tables.getOrDefault(table, Map.of())).stream())
                .toList();
    }

    private static Optional<Sink> sink(String table, Map<String, String> options) {
        String topic = options.get("topic");
        String servers = options.get("properties.bootstrap.servers");
        return CONNECTORS.contains(options.getOrDefault("connector", ""))
                        && topic != null
                        && servers != null
                ? Optional.of(new Sink(table, topic, servers))
                : Optional.empty();
    }

    private static String name(String written) {
        return written.replace("`", "").toLowerCase(Locale.ROOT);
    }

    private static Map<String, String> options(String text) {
        Map<String, String> options = new HashMap<>();
        Matcher option = OPTION.matcher(text);
        while (option.find()) {
            options.put(option.group(1), option.group(2).replace("''", "'"));
        }
        return options;
    }

    /** Without comments; a semicolon in a text does not end a statement. */
    private static List<String> statements(String sql) {
        List<String> statements = new ArrayList<>();
        StringBuilder statement = new StringBuilder();
        int at = 0;
        while (at < sql.length()) {
            char c = sql.charAt(at);
            if (c == '\'' || c == '`') {
                int end = end(sql, String.valueOf(c), at + 1);
                statement.append(sql, at, end);
                at = end;
            } else if (sql.startsWith("--", at)) {
                at = end(sql, "\n", at);
            } else if (sql.startsWith("/*", at)) {
                at = end(sql, "*/", at);
            } else if (c == ';') {
                statements.add(statement.toString().strip());
                statement.setLength(0);
                at++;
            } else {
                statement.append(c);
                at++;
            }
        }
        statements.add(statement.toString().strip());
        return statements;
    }

    private static int end(String sql, String mark, int from) {
        int end = sql.indexOf(mark, from);
        return end < 0 ? sql.length() : end + mark.length();
    }
}
