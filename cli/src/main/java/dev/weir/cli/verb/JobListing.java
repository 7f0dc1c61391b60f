package dev.weir.cli.verb;

import dev.weir.cli.place.JobDocument;
import dev.weir.cli.show.Console;
import dev.weir.cli.show.PrinterColumns;
import dev.weir.cli.show.Table;
import dev.weir.cli.show.Trees;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Writes jobs in one of the formats of {@code get}: at first all of them, then single changes. */
final class JobListing {

    private final Console console;
    private final Format format;
    private final boolean withNamespace;
    private final Table table = Table.ofAnswers();
    private final Optional<PrinterColumns> columns;
    private boolean titled;

    JobListing(Console console, Format format, boolean withNamespace) {
        this.console = console;
        this.format = format;
        this.withNamespace = withNamespace;
        this.columns =
                switch (format) {
                    case TABLE -> Optional.of(PrinterColumns.ofStreamJobs(false));
                    case WIDE -> Optional.of(PrinterColumns.ofStreamJobs(true));
                    case JSON, YAML, NAME -> Optional.empty();
                };
    }

    /** By the words of the command line. */
    enum Format {
        TABLE,
        WIDE,
        JSON,
        YAML,
        NAME;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * @param single whether one job was asked for by its name: it is shown for itself, not as a
     *     list
     */
    void show(List<JobDocument> jobs, boolean single) {
        if (jobs.isEmpty() && (single || columns.isPresent())) {
            return;
        }
        switch (format) {
            case TABLE, WIDE -> rows(jobs);
            case JSON -> console.say(Trees.json(Trees.ofJobs(jobs, single)));
            case YAML -> console.say(Trees.yaml(Trees.ofJobs(jobs, single)));
            case NAME -> jobs.forEach(job -> console.say(job.toString()));
        }
    }

    void showChange(JobDocument job) {
        if (format == Format.YAML) {
            console.say("---");
        }
        show(List.of(job), true);
    }

    private void rows(List<JobDocument> jobs) {
        var rows = new ArrayList<List<String>>();
        if (!titled) {
            rows.add(row("NAMESPACE", "NAME", columns.orElseThrow().titles()));
            titled = true;
        }
        for (var job : jobs) {
            rows.add(
                    row(
                            job.key().namespace(),
                            job.key().name(),
                            columns.orElseThrow().cells(job, console.now())));
        }
        table.lines(rows).forEach(console::say);
    }

    private List<String> row(String namespace, String name, List<String> cells) {
        var row = new ArrayList<String>();
        if (withNamespace) {
            row.add(namespace);
        }
        row.add(name);
        row.addAll(cells);
        return row;
    }
}
