package dev.weir.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * A folder whose content becomes files of an image, at the same paths below the image's root.
 *
 * <p>Every file carries {@link #TIME}: layers are the same bytes whenever they are made, and an
 * ahead-of-time cache, which remembers the times of the files it was trained with, finds the same
 * times in the image.
 */
record FileTree(Path root) {

    /** Of every file in every layer. */
    static final Instant TIME = Instant.ofEpochSecond(1);

    /** An empty tree at {@code root}; what was there is removed. */
    static FileTree empty(Path root) throws IOException {
        if (Files.exists(root)) {
            try (var old = Files.walk(root)) {
                for (var path : old.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
        Files.createDirectories(root);
        return new FileTree(root);
    }

    /** Where {@code path}, an absolute path in the image, stands on this machine. */
    Path at(String path) {
        return root.resolve(path.substring(1));
    }

    /** Copies one file, with its permission to be executed; a link's target is what is copied. */
    void copy(Path source, String path) throws IOException {
        var target = at(path);
        Files.createDirectories(target.getParent());
        Files.copy(source, target, StandardCopyOption.REPLACE_EXISTING);
        if (Files.isExecutable(source) && !target.toFile().setExecutable(true, false)) {
            throw new IOException("could not make " + target + " executable");
        }
    }

    /** Copies all that is below {@code source}. */
    void copyAll(Path source, String path) throws IOException {
        try (var files = Files.walk(source)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                copy(file, path + "/" + source.relativize(file));
            }
        }
    }

    void write(String path, String text) throws IOException {
        var target = at(path);
        Files.createDirectories(target.getParent());
        Files.writeString(target, text);
    }

    void folder(String path) throws IOException {
        Files.createDirectories(at(path));
    }

    /** All files and folders below the root, sorted, so that layers come out the same. */
    List<Path> content() throws IOException {
        try (var files = Files.walk(root)) {
            return files.filter(path -> !path.equals(root)).sorted().toList();
        }
    }

    /** Ends the making of the tree: from here on only its times matter. */
    FileTree sealed() throws IOException {
        for (var path : content()) {
            Files.setLastModifiedTime(path, FileTime.from(TIME));
        }
        return this;
    }
}
