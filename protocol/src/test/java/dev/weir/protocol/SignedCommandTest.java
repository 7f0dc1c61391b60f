package dev.weir.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.ledger.LedgerRecord.CloseReason;
import dev.weir.ledger.RestorePoint;
import dev.weir.ledger.Start;
import dev.weir.protocol.CommandVerifier.Forged;
import dev.weir.protocol.CommandVerifier.Genuine;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SignedCommandTest {

    private static final KeyPair OPERATOR = pair();
    private static final KeyPair STRANGER = pair();

    private final CommandSigner signer =
            new CommandSigner(OPERATOR.getPrivate(), OPERATOR.getPublic());
    private final CommandVerifier pod =
            new CommandVerifier(List.of(OPERATOR.getPublic()), "job", "pod");

    private static KeyPair pair() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void everyKindOfCommandArrivesAsItWasSent() {
        List<Command> commands =
                List.of(
                        new Command.Activate(
                                "a",
                                "job",
                                "pod",
                                3,
                                new Start.Latest(),
                                Optional.empty(),
                                Optional.empty()),
                        new Command.Activate(
                                "b",
                                "job",
                                "pod",
                                0,
                                new Start.Explicit(new RestorePoint.Savepoint(7, "s3://b/s"), "n"),
                                Optional.of("other"),
                                Optional.empty()),
                        new Command.Stop(
                                "c",
                                "job",
                                "pod",
                                3,
                                CloseReason.SUSPEND,
                                "sp",
                                Duration.ofMinutes(10)),
                        new Command.Close("d", "job", "pod", 3),
                        new Command.Erase("e", "job", "pod", 3),
                        new Command.TakeSavepoint(
                                "f", "job", "pod", 3, "uid", SavepointFormat.NATIVE),
                        new Command.EraseSavepoint("g", "job", "pod", 3, "uid"));
        assertThat(commands)
                .allSatisfy(c -> assertThat(pod.verify(signer.sign(c))).isEqualTo(new Genuine(c)));
    }

    @Test
    void aCommandThatWasTouchedOnTheWayIsRefused() {
        var signed = signer.sign(new Command.Close("d", "job", "pod", 3));
        var touched =
                new SignedCommand(
                        signed.payload().replace("3", "4"), signed.key(), signed.signature());
        assertThat(pod.verify(touched)).isInstanceOf(Forged.class);
    }

    @Test
    void aStrangersCommandIsRefusedEvenUnderTheOperatorsName() {
        var own = new CommandSigner(STRANGER.getPrivate(), STRANGER.getPublic());
        var signed = own.sign(new Command.Close("d", "job", "pod", 3));
        assertThat(pod.verify(signed)).isInstanceOf(Forged.class);
        var posing =
                new SignedCommand(
                        signed.payload(), CommandKeys.id(OPERATOR.getPublic()), signed.signature());
        assertThat(pod.verify(posing)).isInstanceOf(Forged.class);
    }

    @Test
    void aCommandForAnotherPodOrJobIsRefused() {
        assertThat(pod.verify(signer.sign(new Command.Close("d", "job", "another", 3))))
                .isInstanceOf(Forged.class);
        assertThat(pod.verify(signer.sign(new Command.Close("d", "another", "pod", 3))))
                .isInstanceOf(Forged.class);
    }

    @Test
    void thePreviousKeyIsObeyedToo() {
        var rotated =
                new CommandVerifier(
                        List.of(STRANGER.getPublic(), OPERATOR.getPublic()), "job", "pod");
        var command = new Command.Close("d", "job", "pod", 3);
        assertThat(rotated.verify(signer.sign(command))).isEqualTo(new Genuine(command));
    }

    @Test
    void garbageIsRefusedAndNotThrown() {
        var id = CommandKeys.id(OPERATOR.getPublic());
        assertThat(pod.verify(new SignedCommand("{", id, "!!"))).isInstanceOf(Forged.class);
        assertThat(pod.verify(new SignedCommand("{", id, ""))).isInstanceOf(Forged.class);
    }

    @Test
    void keysTravelAsText() {
        assertThat(CommandKeys.publicKey(CommandKeys.text(OPERATOR.getPublic())))
                .isEqualTo(OPERATOR.getPublic());
        var pem =
                "-----BEGIN PRIVATE KEY-----\n"
                        + Base64.getMimeEncoder().encodeToString(OPERATOR.getPrivate().getEncoded())
                        + "\n-----END PRIVATE KEY-----\n";
        assertThat(CommandKeys.privateKey(pem)).isEqualTo(OPERATOR.getPrivate());
        assertThatThrownBy(() -> CommandKeys.privateKey("nonsense"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
