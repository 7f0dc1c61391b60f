package dev.weir.operator.runtime;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.weir.ledger.LedgerJson;
import dev.weir.ledger.Seen;
import dev.weir.operator.wake.JobKey;
import dev.weir.operator.wake.Wakeups;
import dev.weir.protocol.Command;
import dev.weir.protocol.CommandSigner;
import dev.weir.protocol.Receipt;
import dev.weir.protocol.Receipt.Outcome;
import dev.weir.protocol.RuntimeView;
import dev.weir.protocol.SignedCommand;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;

/** Speaks to runtime pods on their control ports, over plain HTTP with signed commands. */
public final class HttpRuntimeGateway implements RuntimeGateway, AutoCloseable {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);

    /**
     * Shorter than any patience of a plan; a command that is not answered by then is sent again.
     */
    private static final Duration COMMAND_TIMEOUT = Duration.ofSeconds(5);

    private final ExecutorService threads =
            Executors.newFixedThreadPool(
                    4, Thread.ofPlatform().daemon().name("runtime-http-", 0).factory());
    private final HttpClient client =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(CONNECT_TIMEOUT)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .executor(threads)
                    .build();
    private final RuntimeStreams streams;
    private final List<CommandSigner> signers;

    /**
     * @param signers the one that pods are made to obey now, then those before it
     */
    public HttpRuntimeGateway(
            List<CommandSigner> signers,
            Wakeups wakeups,
            InstantSource clock,
            RandomGenerator random) {
        this.signers = List.copyOf(signers);
        this.streams = new RuntimeStreams(client, wakeups, clock, random);
    }

    @Override
    public Seen<RuntimeView> look(RuntimePod pod) {
        return streams.look(pod);
    }

    @Override
    public void keepOnly(JobKey job, Set<String> podUids) {
        streams.keepOnly(job, podUids);
    }

    /**
     * A pod tells what it was made with by what it refuses: asking costs an older pod one more
     * request, and no look at its program can be staler than its own word.
     */
    @Override
    public Seen<Receipt> send(RuntimePod pod, Command command) {
        Seen<Receipt> answer = Seen.unreachable("there is no key to sign with");
        for (CommandSigner signer : signers) {
            answer = post(pod, signer.sign(command));
            if (!isForbidden(answer)) {
                break;
            }
        }
        return answer;
    }

    private static boolean isForbidden(Seen<Receipt> answer) {
        return answer instanceof Seen.Present<Receipt>(var receipt)
                && receipt.outcome() == Outcome.FORBIDDEN;
    }

    private Seen<Receipt> post(RuntimePod pod, SignedCommand signed) {
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(pod.control().resolve("/v1/commands"))
                            .header("Content-Type", "application/json")
                            .POST(
                                    HttpRequest.BodyPublishers.ofString(
                                            LedgerJson.mapper().writeValueAsString(signed)))
                            .build();
            HttpResponse<String> response =
                    client.sendAsync(request, HttpResponse.BodyHandlers.ofString())
                            .get(COMMAND_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
            return Seen.present(LedgerJson.mapper().readValue(response.body(), Receipt.class));
        } catch (JsonProcessingException e) {
            return Seen.unreachable("the answer is no receipt: " + e.getOriginalMessage());
        } catch (ExecutionException e) {
            return Seen.unreachable(String.valueOf(e.getCause()));
        } catch (TimeoutException e) {
            return Seen.unreachable("no receipt within " + COMMAND_TIMEOUT.toMillis() + " ms");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Seen.unreachable("the operator is shutting down");
        }
    }

    @Override
    public void close() {
        streams.close();
        client.shutdownNow();
        threads.shutdownNow();
    }
}
