package dev.weir.images;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** Short names for what something was made of. */
final class Digest {

    private static final int LENGTH = 16;

    private Digest() {}

    /** Of texts; their bounds count. */
    static String of(String... texts) {
        var sha = sha256();
        for (var text : texts) {
            var bytes = text.getBytes(StandardCharsets.UTF_8);
            sha.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
            sha.update(bytes);
        }
        return name(sha);
    }

    /** Of the names and bytes of files, in this order. */
    static String of(List<Path> files) throws IOException {
        var sha = sha256();
        for (var file : files) {
            sha.update(file.getFileName().toString().getBytes(StandardCharsets.UTF_8));
            sha.update((":" + Files.size(file) + ":").getBytes(StandardCharsets.US_ASCII));
            sha.update(Files.readAllBytes(file));
        }
        return name(sha);
    }

    private static String name(MessageDigest sha) {
        return HexFormat.of().formatHex(sha.digest()).substring(0, LENGTH);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
