package dev.weir.cli.show;

import java.util.ArrayList;
import java.util.List;

/**
 * Rows whose cells stand below each other, as kubectl sets them. Widths are remembered: rows that
 * come later stand below those that were written before, as far as they fit.
 */
public final class Table {

    private final int gap;
    private final List<Integer> widths = new ArrayList<>();

    private Table(int gap) {
        this.gap = gap;
    }

    /** As {@code kubectl get} sets its columns. */
    public static Table ofAnswers() {
        return new Table(3);
    }

    /** As {@code kubectl describe} sets the columns within a section. */
    static Table ofSections() {
        return new Table(2);
    }

    /** One line for each row; the last cell of a row is not padded. */
    public List<String> lines(List<List<String>> rows) {
        rows.forEach(this::measure);
        return rows.stream().map(this::line).toList();
    }

    private void measure(List<String> row) {
        for (int column = 0; column < row.size(); column++) {
            int width = row.get(column).length() + gap;
            if (column == widths.size()) {
                widths.add(width);
            } else {
                widths.set(column, Math.max(width, widths.get(column)));
            }
        }
    }

    private String line(List<String> row) {
        var line = new StringBuilder();
        for (int column = 0; column < row.size(); column++) {
            var cell = row.get(column);
            line.append(cell);
            if (column < row.size() - 1) {
                line.repeat(' ', widths.get(column) - cell.length());
            }
        }
        return line.toString().stripTrailing();
    }
}
