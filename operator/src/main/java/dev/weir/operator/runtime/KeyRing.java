package dev.weir.operator.runtime;

import dev.weir.protocol.CommandSigner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The operator's keys while its key is being changed. Pods are made to obey both; those that were
 * made before the change know the previous one alone, and are spoken to with that.
 *
 * @param previous whole, not its public half alone: a pod that knows no other obeys nothing else
 */
public record KeyRing(CommandKey present, Optional<CommandKey> previous) {

    public KeyRing {
        String now = present.publicText();
        previous = previous.filter(before -> !before.publicText().equals(now));
    }

    /**
     * @param previous a file that need not be there
     * @throws IllegalArgumentException if a file that is there holds no Ed25519 private key
     */
    public static KeyRing read(Path present, Path previous) {
        return new KeyRing(
                CommandKey.read(present),
                Files.exists(previous) ? Optional.of(CommandKey.read(previous)) : Optional.empty());
    }

    /** As job.json carries them, the present one first. */
    public List<String> publicTexts() {
        return keys().map(CommandKey::publicText).toList();
    }

    /** The present key's first. */
    public List<CommandSigner> signers() {
        return keys().map(CommandKey::signer).toList();
    }

    private Stream<CommandKey> keys() {
        return Stream.concat(Stream.of(present), previous.stream());
    }
}
