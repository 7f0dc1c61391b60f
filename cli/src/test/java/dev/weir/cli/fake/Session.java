package dev.weir.cli.fake;

import dev.weir.cli.Weir;
import dev.weir.cli.place.Places;
import dev.weir.cli.place.Places.Way;
import dev.weir.cli.show.Console;
import dev.weir.cli.show.Paint;
import dev.weir.cli.verb.Editor;
import dev.weir.crds.Phase;
import dev.weir.crds.Reason;
import dev.weir.local.LocalHome;
import dev.weir.operator.wake.JobKey;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;
import picocli.CommandLine;

/** A person at a command line, with a place in memory behind it. */
public final class Session {

    public static final JobKey DELAYS = new JobKey("demo", "delays");

    /** A small job that the operator takes. */
    public static final String MANIFEST =
            """
            apiVersion: weir.dev/v1alpha1
            kind: StreamJob
            metadata:
              name: delays
            spec:
              program:
                sql: |
                  CREATE TABLE flights (origin STRING) WITH ('connector' = 'datagen');
                  CREATE TABLE delays (origin STRING) WITH ('connector' = 'blackhole');
                  INSERT INTO delays SELECT origin FROM flights;
              parallelism: 2
            """;

    private final TestClock clock = new TestClock();
    private final FakePlace place = new FakePlace(clock);
    private boolean live;
    private Paint paint = Paint.PLAIN;
    private Editor editor = (_, text) -> text;

    /** What a command answered. */
    public record Answer(int code, String out, String err) {}

    public FakePlace place() {
        return place;
    }

    public TestClock clock() {
        return clock;
    }

    /** From now on a person watches, in colour. */
    public Session live() {
        live = true;
        paint = Paint.COLOURED;
        return this;
    }

    /** What the person does to a text that is opened. */
    public Session editing(UnaryOperator<String> edit) {
        editor = (_, text) -> edit.apply(text);
        return this;
    }

    public Answer weir(String... arguments) {
        return weirReading("", arguments);
    }

    /** With a text on the standard input. */
    public Answer weirReading(String input, String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        int code = weir(console(input, out, err)).run(arguments);
        return new Answer(code, out.toString(), err.toString());
    }

    /** As a person sees it: what was typed, and all that came of it. */
    public String typed(String command) {
        return typedReading("", command);
    }

    /** As {@link #typed}; where the command names a file, it is the text. */
    public String typedReading(String input, String command) {
        var all = new StringWriter();
        weir(console(input, all, all))
                .run(command.substring("weir ".length()).replace("delays.yaml", "-").split(" "));
        return "$ " + command + "\n" + all;
    }

    /** The verbs as they are described to people. */
    public CommandLine commands() {
        return weir(console("", new StringWriter(), new StringWriter())).commands();
    }

    private Weir weir(Console console) {
        var places =
                new Places(
                        new Way(() -> true, () -> place),
                        _ -> new Way(() -> false, () -> place),
                        Map.of());
        var nowhere = Path.of("nowhere");
        return new Weir(
                "weir",
                places,
                console,
                editor,
                Weir.localVerbs(new LocalHome(nowhere), nowhere, console));
    }

    private Console console(String input, StringWriter out, StringWriter err) {
        return new Console(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintWriter(out),
                new PrintWriter(err),
                live,
                60,
                paint,
                clock);
    }

    /** The job of {@link #MANIFEST}, applied a while ago. */
    public Session withDelays() {
        weirReading(MANIFEST, "apply", "-f", "-");
        clock.pass(Duration.ofMinutes(31));
        return this;
    }

    /** A pod of delays, and what was told of both. */
    public Session withPodAndEvents() {
        place.give(
                DELAYS,
                PodsAndEvents.pod("delays-3f8a1c", clock.instant().minus(Duration.ofMinutes(30))),
                "starting",
                "held",
                "running");
        place.give(
                DELAYS,
                PodsAndEvents.event(
                        "CreatingPod",
                        "A runtime pod is being created.",
                        clock.instant().minus(Duration.ofMinutes(31))));
        place.give(DELAYS, PodsAndEvents.kubeletEvent(clock.instant()));
        return this;
    }

    public Session withDelaysRunning() {
        withDelays();
        place.report(DELAYS, report().running());
        return this;
    }

    /** Of the newest spec of delays, now. */
    public Reports report() {
        return new Reports(place.job(DELAYS).orElseThrow(), clock.instant());
    }

    /** Reported while somebody watches. */
    public Session thenOnTheWay(Duration after, Phase phase, Reason reason) {
        place.after(after, () -> place.report(DELAYS, report().onTheWay(phase, reason)));
        return this;
    }

    public Session thenRunning(Duration after) {
        place.after(after, () -> place.report(DELAYS, report().running()));
        return this;
    }
}
