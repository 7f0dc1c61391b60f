package dev.weir.tidy;

import java.util.List;

/**
 * A tracked text file.
 *
 * @param path relative to the repository, with slashes
 * @param text all of it
 */
record TextFile(String path, String text) {

    List<String> lines() {
        return text.lines().toList();
    }

    boolean isJava() {
        return path.endsWith(".java");
    }

    /** Written by hand, as code: limits on length are for these. */
    boolean isCode() {
        return isJava()
                || path.endsWith(".go")
                || path.endsWith(".bash")
                || path.endsWith(".py")
                || text.startsWith("#!");
    }

    boolean isTest() {
        return path.contains("/src/test/");
    }
}
