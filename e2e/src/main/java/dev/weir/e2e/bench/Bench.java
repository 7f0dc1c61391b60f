package dev.weir.e2e.bench;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Benchmarks on a node. Each prints one line for each metric and leaves nothing running behind. */
@Command(
        name = "bench",
        description = "Benchmarks on a node; './weir node up' and './weir images' come first.",
        mixinStandardHelpOptions = true,
        subcommands = {StartBench.class, UpgradeBench.class})
public final class Bench {

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Bench()).execute(arguments));
    }
}
