package dev.weir.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;

/**
 * One layer of an image.
 *
 * @param name for the image's history
 * @param tree where its files stand
 * @param paths those of the tree's files and folders that it holds
 */
record Layer(String name, FileTree tree, List<Path> paths) {

    Layer {
        paths = List.copyOf(paths);
    }

    static Layer all(String name, FileTree tree) throws IOException {
        return new Layer(name, tree, tree.content());
    }

    /** Only the files that {@code chosen} accepts. */
    static Layer some(String name, FileTree tree, Predicate<Path> chosen) throws IOException {
        return new Layer(
                name,
                tree,
                tree.content().stream().filter(Files::isRegularFile).filter(chosen).toList());
    }
}
