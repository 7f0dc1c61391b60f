package dev.weir.operator.runtime;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.function.Consumer;

/**
 * Reads {@code text/event-stream}: hands over the data of each event as it ends. Event names, ids
 * and comments are read over. An event larger than {@link #MAX_EVENT_BYTES} ends the stream, so
 * that a pod run by someone else's program cannot fill the operator's memory.
 */
final class ServerSentEvents implements Flow.Subscriber<List<ByteBuffer>> {

    static final int MAX_EVENT_BYTES = 1024 * 1024;

    private final Consumer<String> events;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final StringBuilder data = new StringBuilder();
    private Flow.Subscription subscription;

    ServerSentEvents(Consumer<String> events) {
        this.events = events;
    }

    @Override
    public void onSubscribe(Flow.Subscription granted) {
        subscription = granted;
        granted.request(1);
    }

    /** What is thrown here ends the exchange, and the exchange tells its owner. */
    @Override
    public void onNext(List<ByteBuffer> buffers) {
        buffers.forEach(this::read);
        subscription.request(1);
    }

    @Override
    public void onError(Throwable cause) {
        // The exchange that this subscriber belongs to ends with the same cause.
    }

    @Override
    public void onComplete() {
        // The exchange that this subscriber belongs to completes.
    }

    private void read(ByteBuffer buffer) {
        while (buffer.hasRemaining()) {
            byte next = buffer.get();
            if (next == '\n') {
                endLine();
            } else {
                line.write(next);
                if (line.size() + data.length() > MAX_EVENT_BYTES) {
                    throw new IllegalStateException(
                            "an event of more than " + MAX_EVENT_BYTES + " bytes");
                }
            }
        }
    }

    private void endLine() {
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        if (text.endsWith("\r")) {
            text = text.substring(0, text.length() - 1);
        }
        if (text.isEmpty()) {
            endEvent();
        } else if (text.startsWith("data:")) {
            if (!data.isEmpty()) {
                data.append('\n');
            }
            data.append(text, text.startsWith("data: ") ? 6 : 5, text.length());
        }
    }

    private void endEvent() {
        if (!data.isEmpty()) {
            String event = data.toString();
            data.setLength(0);
            events.accept(event);
        }
    }
}
