package dev.weir.runtime.program;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The columns of a stream, each with its value: an expression over what operators that compute
 * something of their own put out, {@code ({TableSourceScan:4f….v} * 2)}. Two columns have the same
 * value exactly if they are computed alike, whatever they are called.
 */
sealed interface Row {

    /** How many columns there are. */
    int arity();

    /** The values by position. */
    List<String> values();

    /** The text with its columns replaced by their values. */
    String resolve(String text);

    /**
     * Whether the columns that the text names can be told from what stands around them. A column
     * may be called {@code a, b} or {@code x AS y}, and the planner puts no quotes around it.
     */
    boolean isReadableIn(String text);

    /**
     * All columns, by position. With their names where the text speaks of columns in a way that
     * {@link #resolve} leaves alone, such as {@code A.v} in a pattern.
     */
    String told(String text);

    /**
     * @param names by position, no two alike
     */
    record Known(List<String> names, List<String> values) implements Row {

        private static final Pattern BEHIND_A_DOT =
                Pattern.compile("\\.([\\p{L}_$][\\p{L}\\d_$]*)");

        public Known {
            names = List.copyOf(names);
            values = List.copyOf(values);
            if (names.size() != values.size()) {
                throw new IllegalArgumentException(
                        names.size() + " names for " + values.size() + " columns");
            }
        }

        @Override
        public int arity() {
            return values.size();
        }

        @Override
        public String resolve(String text) {
            return PlanText.substitute(text, this::value);
        }

        @Override
        public boolean isReadableIn(String text) {
            return names.stream().allMatch(name -> PlanText.isName(name) || !text.contains(name));
        }

        private Optional<String> value(String name) {
            int at = names.indexOf(name);
            return at < 0 ? Optional.empty() : Optional.of(values.get(at));
        }

        @Override
        public String told(String text) {
            boolean named =
                    BEHIND_A_DOT
                            .matcher(text)
                            .results()
                            .anyMatch(found -> names.contains(found.group(1)));
            return named ? names + "=" + values : values.toString();
        }
    }

    /**
     * Columns whose names the graph does not tell, as with what connectors put out. Every word of a
     * text is taken for a name: one that is none stands for itself all the same.
     */
    record Unknown(String origin, int arity) implements Row {

        @Override
        public List<String> values() {
            return ownColumns(origin, arity);
        }

        @Override
        public String resolve(String text) {
            return PlanText.substitute(text, name -> Optional.of(sourceColumn(origin, name)));
        }

        @Override
        public boolean isReadableIn(String text) {
            return true;
        }

        @Override
        public String told(String text) {
            return values().toString();
        }
    }

    /** A column of the source of this uid. */
    static String sourceColumn(String uid, String column) {
        return "{" + uid + "." + column + "}";
    }

    private static List<String> ownColumns(String uid, int arity) {
        return IntStream.range(0, arity).mapToObj(at -> "{" + uid + "#" + at + "}").toList();
    }

    /** The columns that the operator of this uid computes. */
    static Row own(String uid, Optional<List<String>> names, int arity) {
        return names.<Row>map(known -> new Known(known, ownColumns(uid, arity)))
                .orElseGet(() -> new Unknown(uid, arity));
    }

    /** The columns of a join's inputs side by side, named as the planner names them. */
    static Row beside(List<Row> rows) {
        if (rows.size() == 1) {
            return rows.getFirst();
        }
        var names = new ArrayList<String>();
        var values = new ArrayList<String>();
        for (Row row : rows) {
            if (row instanceof Known known) {
                names.addAll(known.names());
            } else {
                names.addAll(Collections.nCopies(row.arity(), "?"));
            }
            values.addAll(row.values());
        }
        return new Known(unique(names), values);
    }

    /** A name that is taken gets the first number that is free: {@code k}, {@code k0}, …. */
    private static List<String> unique(List<String> names) {
        var taken = new HashSet<String>();
        var unique = new ArrayList<String>();
        for (String name : names) {
            String free = name;
            for (int number = 0; !taken.add(free); number++) {
                free = name + number;
            }
            unique.add(free);
        }
        return unique;
    }
}
