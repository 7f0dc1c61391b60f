package dev.weir.simulation;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** {@code ./weir simulate}: runs schedules, and says what they met and what did not hold. */
@CommandLine.Command(
        name = "./weir simulate",
        mixinStandardHelpOptions = true,
        description =
                "Runs the operator's planner and the ledger's rules in a seeded world of faults."
                        + " The same seed gives the same schedules.")
public final class Simulate implements Callable<Integer> {

    @Option(
            names = "--schedules",
            paramLabel = "N",
            defaultValue = "1000",
            description = "How many schedules to run (default: ${DEFAULT-VALUE}).")
    private long schedules;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "What all chance comes from (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--only", paramLabel = "K", description = "Run schedule number K alone.")
    private Long only;

    @Option(names = "--trace", description = "Print each event.")
    private boolean trace;

    @Option(names = "--first", description = "Stop at the first schedule that breaks.")
    private boolean first;

    /** Ends the process with 0 if all held, and everything was met at least once. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Simulate()).execute(arguments));
    }

    @Override
    public Integer call() {
        var report = new Report(seed, System.out);
        var from = only == null ? 1 : only;
        var to = only == null ? schedules : only;
        for (long number = from; number <= to && !(first && report.isBroken()); number++) {
            report.add(Schedule.run(seed, number, trace ? System.out::println : _ -> {}));
        }
        return only == null ? report.finish() : report.finishOne();
    }
}
