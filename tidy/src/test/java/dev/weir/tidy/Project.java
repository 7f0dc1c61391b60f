package dev.weir.tidy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * What the rules look at.
 *
 * @param texts all tracked text files
 * @param sources those in Java, parsed
 */
record Project(List<TextFile> texts, List<JavaSource> sources) {

    private static final int LIST_BOUND_SECONDS = 60;

    static Project of(List<TextFile> texts) {
        return new Project(
                List.copyOf(texts),
                texts.stream()
                        .filter(TextFile::isJava)
                        .filter(text -> !text.path().endsWith("package-info.java"))
                        .map(JavaSource::parse)
                        .toList());
    }

    /** The repository that this module belongs to. */
    static Project ofRepository() throws IOException, InterruptedException {
        var root = Path.of("").toAbsolutePath().getParent();
        var texts = new ArrayList<TextFile>();
        for (var path : tracked(root)) {
            var bytes = Files.readAllBytes(root.resolve(path));
            var text = new String(bytes, StandardCharsets.UTF_8);
            if (text.indexOf('\0') < 0) {
                texts.add(new TextFile(path, text));
            }
        }
        return of(texts);
    }

    // Files not yet added count too: a breach is best found before the commit.
    private static List<String> tracked(Path root) throws IOException, InterruptedException {
        var git =
                new ProcessBuilder(
                                "git",
                                "ls-files",
                                "-z",
                                "--cached",
                                "--others",
                                "--exclude-standard")
                        .directory(root.toFile())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        var list = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!git.waitFor(LIST_BOUND_SECONDS, TimeUnit.SECONDS) || git.exitValue() != 0) {
            return sourcesBelow(root);
        }
        return Stream.of(list.split("\0"))
                .distinct()
                .filter(path -> Files.isRegularFile(root.resolve(path)))
                .toList();
    }

    // An unpacked archive has no index.
    private static List<String> sourcesBelow(Path root) throws IOException {
        try (var files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .map(path -> root.relativize(path).toString())
                    .filter(path -> path.contains("/src/") && !path.contains("/target/"))
                    .toList();
        }
    }
}
