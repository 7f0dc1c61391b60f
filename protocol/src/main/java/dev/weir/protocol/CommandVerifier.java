package dev.weir.protocol;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.weir.ledger.LedgerJson;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A pod's check of what it is told: signed by a key that it knows (the operator's present one and
 * the one before), and meant for this job and this pod.
 */
public final class CommandVerifier {

    private final Map<String, PublicKey> keys;
    private final String jobUid;
    private final String podUid;

    public CommandVerifier(List<PublicKey> keys, String jobUid, String podUid) {
        this.keys =
                keys.stream()
                        .collect(
                                Collectors.toUnmodifiableMap(CommandKeys::id, Function.identity()));
        this.jobUid = jobUid;
        this.podUid = podUid;
    }

    /** What the check says. */
    public sealed interface Verdict {}

    public record Genuine(Command command) implements Verdict {}

    public record Forged(String why) implements Verdict {}

    public Verdict verify(SignedCommand signed) {
        var key = keys.get(signed.key());
        if (key == null) {
            return new Forged(
                    "key " + signed.key() + " is not among those that this pod was made with");
        }
        try {
            var signature = Signature.getInstance("Ed25519");
            signature.initVerify(key);
            signature.update(signed.payload().getBytes(StandardCharsets.UTF_8));
            if (!signature.verify(Base64.getDecoder().decode(signed.signature()))) {
                return new Forged("the signature does not fit the command");
            }
            return addressed(LedgerJson.mapper().readValue(signed.payload(), Command.class));
        } catch (GeneralSecurityException | IllegalArgumentException | JsonProcessingException e) {
            return new Forged("unreadable command: " + e.getMessage());
        }
    }

    private Verdict addressed(Command command) {
        if (!command.jobUid().equals(jobUid)) {
            return new Forged("the command is for the StreamJob with UID " + command.jobUid());
        }
        return command.podUid().equals(podUid)
                ? new Genuine(command)
                : new Forged("the command is for the pod with UID " + command.podUid());
    }
}
