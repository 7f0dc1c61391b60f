package dev.weir.protocol;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.weir.ledger.LedgerJson;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;

/** Signs commands with the operator's key. */
public final class CommandSigner {

    private final PrivateKey key;
    private final String keyId;

    public CommandSigner(PrivateKey key, PublicKey publicHalf) {
        this.key = key;
        this.keyId = CommandKeys.id(publicHalf);
    }

    public SignedCommand sign(Command command) {
        try {
            var payload = LedgerJson.mapper().writerFor(Command.class).writeValueAsString(command);
            var signature = Signature.getInstance("Ed25519");
            signature.initSign(key);
            signature.update(payload.getBytes(StandardCharsets.UTF_8));
            return new SignedCommand(
                    payload, keyId, Base64.getEncoder().encodeToString(signature.sign()));
        } catch (GeneralSecurityException | JsonProcessingException e) {
            throw new IllegalStateException("command " + command.id() + " can't be signed", e);
        }
    }
}
