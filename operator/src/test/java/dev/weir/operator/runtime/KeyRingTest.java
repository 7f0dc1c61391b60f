package dev.weir.operator.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.protocol.CommandKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of the Secret, as the operator reads them at its start. */
class KeyRingTest {

    @TempDir Path secret;

    private static KeyPair pair() throws NoSuchAlgorithmException {
        return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    }

    private Path write(String name, KeyPair pair) throws IOException {
        return Files.writeString(
                secret.resolve(name),
                "-----BEGIN PRIVATE KEY-----\n"
                        + Base64.getMimeEncoder().encodeToString(pair.getPrivate().getEncoded())
                        + "\n-----END PRIVATE KEY-----\n");
    }

    @Test
    void withoutAPreviousKeyThereIsOne() throws Exception {
        var now = pair();
        var ring = KeyRing.read(write("command.key", now), secret.resolve("previous.key"));
        assertThat(ring.publicTexts()).containsExactly(CommandKeys.text(now.getPublic()));
        assertThat(ring.signers()).hasSize(1);
    }

    @Test
    void thePresentKeyComesFirst() throws Exception {
        var now = pair();
        var before = pair();
        var ring = KeyRing.read(write("command.key", now), write("previous.key", before));
        assertThat(ring.publicTexts())
                .containsExactly(
                        CommandKeys.text(now.getPublic()), CommandKeys.text(before.getPublic()));
        assertThat(ring.signers()).hasSize(2);
    }

    @Test
    void aPreviousKeyThatIsThePresentOneIsNoSecondOne() throws Exception {
        var now = pair();
        var ring = KeyRing.read(write("command.key", now), write("previous.key", now));
        assertThat(ring.publicTexts()).containsExactly(CommandKeys.text(now.getPublic()));
    }

    @Test
    void aPreviousKeyThatIsNoneIsNotPassedOver() throws Exception {
        var present = write("command.key", pair());
        var broken = Files.writeString(secret.resolve("previous.key"), "nonsense");
        assertThatThrownBy(() -> KeyRing.read(present, broken))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
