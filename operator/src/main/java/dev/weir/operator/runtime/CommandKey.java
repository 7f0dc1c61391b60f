package dev.weir.operator.runtime;

import dev.weir.protocol.CommandKeys;
import dev.weir.protocol.CommandSigner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;

/**
 * The operator's key: signs commands, and gives the public half to the pods that obey them. Read
 * once from a mounted file that holds the private half alone, so the public half is derived from
 * it, and the pair is proved by a signature before it is used.
 */
public final class CommandKey {

    private final PrivateKey privateHalf;
    private final PublicKey publicHalf;

    private CommandKey(PrivateKey privateHalf, PublicKey publicHalf) {
        this.privateHalf = privateHalf;
        this.publicHalf = publicHalf;
    }

    /**
     * @throws IllegalArgumentException if the file holds no Ed25519 private key
     */
    public static CommandKey read(Path file) {
        try {
            return of(CommandKeys.privateKey(Files.readString(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the command key can't be read from "
                            + file
                            + "; mount the Secret of the chart's commandKey there, or set"
                            + " weir.command-key-file (WEIR_COMMAND_KEY_FILE)",
                    e);
        }
    }

    static CommandKey of(PrivateKey privateHalf) {
        if (!(privateHalf instanceof EdECPrivateKey edwards)) {
            throw new IllegalArgumentException("the command key is no Ed25519 private key");
        }
        byte[] seed =
                edwards.getBytes()
                        .orElseThrow(() -> new IllegalArgumentException("the key has no bytes"));
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
            generator.initialize(NamedParameterSpec.ED25519, new Replayed(seed));
            PublicKey publicHalf = generator.generateKeyPair().getPublic();
            prove(privateHalf, publicHalf);
            return new CommandKey(privateHalf, publicHalf);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the command key can't be used: " + e, e);
        }
    }

    public CommandSigner signer() {
        return new CommandSigner(privateHalf, publicHalf);
    }

    /** The public half as job.json carries it. */
    public String publicText() {
        return CommandKeys.text(publicHalf);
    }

    private static void prove(PrivateKey privateHalf, PublicKey publicHalf)
            throws GeneralSecurityException {
        byte[] something = "weir".getBytes(StandardCharsets.US_ASCII);
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(privateHalf);
        signature.update(something);
        byte[] signed = signature.sign();
        signature.initVerify(publicHalf);
        signature.update(something);
        if (!signature.verify(signed)) {
            throw new GeneralSecurityException("the public half could not be derived");
        }
    }

    /** A generator draws the private half from its source of randomness; here it is known. */
    private static final class Replayed extends SecureRandom {
        private final byte[] seed;

        private Replayed(byte[] seed) {
            super(null, null);
            this.seed = seed;
        }

        @Override
        public void nextBytes(byte[] bytes) {
            System.arraycopy(seed, 0, bytes, 0, Math.min(seed.length, bytes.length));
        }
    }
}
