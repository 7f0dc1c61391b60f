package dev.weir.local;

import dev.weir.local.node.LocalNode;
import dev.weir.local.node.PodFolder;
import dev.weir.local.store.ResourceFiles;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * A local world from outside: begins it, ends it, and removes it. No process is ever looked for by
 * name: those that belong to the world are written in its files, with their times of start.
 */
public final class LocalWorld {

    /** Of the sample's input. */
    public static final int FLIGHTS_A_SECOND = 50;

    private static final Duration START_BOUND = Duration.ofSeconds(120);
    private static final Duration STOP_BOUND = Duration.ofSeconds(20);
    private static final Duration LOOK = Duration.ofMillis(50);
    private static final Path NEW_SESSION = Path.of("/usr/bin/setsid");

    private final LocalHome home;
    private final Path project;

    /**
     * @param project the folder in which Weir was built
     */
    public LocalWorld(LocalHome home, Path project) {
        this.home = home;
        this.project = project;
    }

    /** Where jobs of this world reach Kafka, and people the store. */
    public record Addresses(String kafka, String s3) {}

    /** The running world's addresses; empty: it is down. */
    public Optional<Addresses> running() {
        return WorldState.read(home)
                .filter(WorldState::ready)
                .filter(state -> state.process().isPresent())
                .map(LocalWorld::addresses);
    }

    /** Whether no process of it lives, neither its own nor one of a job. */
    public boolean isStopped() {
        return running().isEmpty()
                && (!home.exists()
                        || LocalNode.allProcesses(new ResourceFiles(home.resources())).isEmpty());
    }

    /**
     * Returns when jobs are seen to; done also if the world was up.
     *
     * @param feed whether the samples' input is sent
     * @param progress hears of each stage
     * @throws IOException if it does not come up; the message names its log
     */
    public Addresses start(boolean feed, Consumer<String> progress)
            throws IOException, InterruptedException {
        Optional<Addresses> up = running();
        if (up.isPresent()) {
            return up.get();
        }
        Files.createDirectories(home.logs());
        Process process = launch(feed);
        String told = "";
        long deadline = System.nanoTime() + START_BOUND.toNanos();
        while (System.nanoTime() < deadline) {
            if (process.waitFor(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException(
                        "the local world ended with " + process.exitValue() + ": " + lastWords());
            }
            Optional<WorldState> state =
                    WorldState.read(home).filter(s -> s.pid() == process.pid());
            if (state.filter(WorldState::ready).isPresent()) {
                return addresses(state.get());
            }
            String stage = state.map(WorldState::stage).orElse("");
            if (!stage.equals(told)) {
                progress.accept(stage);
                told = stage;
            }
        }
        end(process.toHandle());
        throw new IOException(
                "the local world did not come up within "
                        + START_BOUND.toSeconds()
                        + " s; see "
                        + home.worldLog());
    }

    /**
     * Ends the world's process and those of its pods. Its resources and data stay, and {@link
     * #start} goes on from there.
     *
     * @return how many processes were ended
     */
    public int stop() throws IOException {
        if (!home.exists()) {
            return 0;
        }
        List<ProcessHandle> ended = new ArrayList<>();
        // The world first: it would start again what ends.
        WorldState.read(home).flatMap(WorldState::process).ifPresent(ended::add);
        ended.forEach(LocalWorld::end);
        List<ProcessHandle> pods = LocalNode.allProcesses(new ResourceFiles(home.resources()));
        pods.parallelStream().forEach(LocalWorld::end);
        ended.addAll(pods);
        return ended.size();
    }

    /** Removes all that the world has. It must be stopped. */
    public void purge() throws IOException {
        PodFolder.delete(home.root());
    }

    private Process launch(boolean feed) throws IOException {
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(NEW_SESSION)) {
            // What is typed at the terminal is not meant for a process that outlives the command.
            command.add(NEW_SESSION.toString());
        }
        command.addAll(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        WorldMain.class.getName(),
                        home.root().toString(),
                        project.toString()));
        if (feed) {
            command.add(WorldMain.FEED);
        }
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(home.worldLog().toFile()))
                        .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.environment().put("CLASSPATH", absolute(System.getProperty("java.class.path")));
        return builder.start();
    }

    private static String absolute(String classPath) {
        return String.join(
                File.pathSeparator,
                Arrays.stream(classPath.split(File.pathSeparator))
                        .map(part -> Path.of(part).toAbsolutePath().toString())
                        .toList());
    }

    private String lastWords() throws IOException {
        List<String> lines = Files.readAllLines(home.worldLog());
        return lines.stream()
                        .filter(line -> line.startsWith("Exception in thread"))
                        .reduce((_, last) -> last)
                        .orElse("no reason was given")
                + " (log: "
                + home.worldLog()
                + ")";
    }

    private static Addresses addresses(WorldState state) {
        return new Addresses(state.bootstrapServers(), state.s3Endpoint());
    }

    private static void end(ProcessHandle process) {
        CompletableFuture<ProcessHandle> exit = process.onExit();
        process.destroy();
        try {
            exit.get(STOP_BOUND.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException _) {
            process.destroyForcibly();
            exit.orTimeout(STOP_BOUND.toSeconds(), TimeUnit.SECONDS).join();
        } catch (InterruptedException _) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("waiting for process " + process.pid() + " failed", e);
        }
    }
}
