package dev.weir.operator.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.weir.ledger.LedgerJson;
import dev.weir.ledger.Seen;
import dev.weir.operator.wake.JobKey;
import dev.weir.protocol.Command;
import dev.weir.protocol.CommandSigner;
import dev.weir.protocol.CommandVerifier;
import dev.weir.protocol.CommandVerifier.Forged;
import dev.weir.protocol.CommandVerifier.Genuine;
import dev.weir.protocol.Receipt;
import dev.weir.protocol.Receipt.Outcome;
import dev.weir.protocol.SignedCommand;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Commands to a pod that was made before, amid and after a change of the operator's key. */
@Timeout(60)
class HttpRuntimeGatewayTest {

    private static final KeyPair OLD = pair();
    private static final KeyPair NEW = pair();
    private static final KeyPair STRANGE = pair();

    private final List<SignedCommand> received = new CopyOnWriteArrayList<>();
    private HttpServer pod;

    private static KeyPair pair() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void open() throws IOException {
        pod = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        pod.start();
    }

    @AfterEach
    void close() {
        pod.stop(0);
    }

    /** The pod's check is the one that pods make. */
    private void podKnows(PublicKey... keys) {
        var verifier = new CommandVerifier(List.of(keys), "job", "pod");
        pod.createContext(
                "/v1/commands",
                exchange -> {
                    try (exchange) {
                        var signed =
                                LedgerJson.mapper()
                                        .readValue(exchange.getRequestBody(), SignedCommand.class);
                        received.add(signed);
                        var receipt =
                                switch (verifier.verify(signed)) {
                                    case Genuine(var command) ->
                                            new Receipt(command.id(), Outcome.ACCEPTED, "");
                                    case Forged(var why) -> new Receipt("", Outcome.FORBIDDEN, why);
                                };
                        var body = LedgerJson.mapper().writeValueAsBytes(receipt);
                        exchange.sendResponseHeaders(200, body.length);
                        exchange.getResponseBody().write(body);
                    }
                });
    }

    private Outcome sent(KeyPair... keys) {
        var signers =
                Stream.of(keys)
                        .map(pair -> new CommandSigner(pair.getPrivate(), pair.getPublic()))
                        .toList();
        var control = URI.create("http://127.0.0.1:" + pod.getAddress().getPort());
        try (var gateway =
                new HttpRuntimeGateway(
                        signers, _ -> {}, InstantSource.system(), new SecureRandom())) {
            var answer =
                    gateway.send(
                            new RuntimePod(
                                    new JobKey("ns", "delays"),
                                    "pod",
                                    control,
                                    Duration.ofSeconds(5)),
                            new Command.Close("c", "job", "pod", 3));
            return ((Seen.Present<Receipt>) answer).value().outcome();
        }
    }

    @Test
    void aPodThatKnowsThePresentKeyIsAskedOnce() {
        podKnows(NEW.getPublic(), OLD.getPublic());
        assertThat(sent(NEW, OLD)).isEqualTo(Outcome.ACCEPTED);
        assertThat(received).hasSize(1);
    }

    @Test
    void aPodThatWasMadeBeforeTheChangeGoesOnObeying() {
        podKnows(OLD.getPublic());
        assertThat(sent(NEW, OLD)).isEqualTo(Outcome.ACCEPTED);
        assertThat(received).hasSize(2);
    }

    @Test
    void aPodThatWasMadeAfterTheChangeObeysAnOperatorThatHasNotSeenItYet() {
        podKnows(NEW.getPublic(), OLD.getPublic());
        assertThat(sent(OLD)).isEqualTo(Outcome.ACCEPTED);
    }

    @Test
    void aPodThatKnowsNeitherKeyRefuses() {
        podKnows(STRANGE.getPublic());
        assertThat(sent(NEW, OLD)).isEqualTo(Outcome.FORBIDDEN);
        assertThat(received).hasSize(2);
    }
}
