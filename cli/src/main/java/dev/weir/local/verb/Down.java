package dev.weir.local.verb;

import dev.weir.cli.show.Console;
import dev.weir.local.LocalHome;
import dev.weir.local.LocalWorld;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Ends the local world. */
@Command(
        name = "down",
        description = {
            "Ends the local world and the processes of its pods.",
            "Jobs, checkpoints and topics are kept: 'weir up' goes on from the newest checkpoints."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  weir down", "  weir down --purge"})
public final class Down implements Callable<Integer> {

    private final LocalHome home;
    private final Path project;
    private final Console console;

    @Option(
            names = "--purge",
            description = "Remove everything that the world has: jobs, checkpoints, topics, logs.")
    private boolean purge;

    /**
     * @param project the folder in which Weir was built
     */
    public Down(LocalHome home, Path project, Console console) {
        this.home = home;
        this.project = project;
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        LocalWorld world = new LocalWorld(home, project);
        int ended = world.stop();
        console.say(
                ended == 0
                        ? "the local world was down"
                        : "the local world is down; " + ended + " processes ended");
        if (purge) {
            world.purge();
            console.say("nothing is left of it in " + home.root());
        }
        return 0;
    }
}
