package dev.weir.e2e.faults;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * A request or an answer of HTTP/1.1, byte for byte as it came: a signature over it stays valid.
 * Only as much of it is understood as is needed to know where it ends.
 *
 * @param head first line and fields, with the empty line after them
 * @param body with its framing, if it came in chunks
 */
record HttpMessage(String head, byte[] body) {

    private static final int LONGEST_HEAD = 64 * 1024;
    private static final String END_OF_HEAD = "\r\n\r\n";

    /** The head of the next message; empty where the other side has ended the connection. */
    static Optional<String> readHead(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.length() < LONGEST_HEAD) {
            int next = in.read();
            if (next < 0) {
                return Optional.empty();
            }
            head.append((char) next);
            if (next == '\n' && head.toString().endsWith(END_OF_HEAD)) {
                return Optional.of(head.toString());
            }
        }
        throw new IOException("a head of more than " + LONGEST_HEAD + " bytes is no request of S3");
    }

    /** The rest of a request whose head was read. One that waits to be told to go on is told. */
    static HttpMessage request(String head, InputStream in, OutputStream out) throws IOException {
        if (field(head, "expect").isPresent()) {
            out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        }
        return new HttpMessage(head, body(head, in));
    }

    /** The final answer to a request; interim ones are passed over. */
    static HttpMessage answer(InputStream in, String method) throws IOException {
        while (true) {
            String head =
                    readHead(in).orElseThrow(() -> new EOFException("the store hung up on us"));
            String status = head.split(" ", 3)[1];
            if (!status.startsWith("1")) {
                boolean bodiless =
                        method.equals("HEAD") || status.equals("204") || status.equals("304");
                return new HttpMessage(head, bodiless ? new byte[0] : body(head, in));
            }
        }
    }

    String method() {
        return head.substring(0, head.indexOf(' '));
    }

    /** What the request is for, with its query. */
    String target() {
        return head.split(" ", 3)[1];
    }

    Optional<String> field(String name) {
        return field(head, name);
    }

    void writeTo(OutputStream out) throws IOException {
        out.write(head.getBytes(StandardCharsets.ISO_8859_1));
        out.write(body);
        out.flush();
    }

    private static Optional<String> field(String head, String name) {
        String start = name + ":";
        return head.lines()
                .skip(1)
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
                .map(line -> line.substring(start.length()).strip())
                .findFirst();
    }

    private static byte[] body(String head, InputStream in) throws IOException {
        if (field(head, "transfer-encoding").isPresent()) {
            return chunks(in);
        }
        int length = field(head, "content-length").map(Integer::parseInt).orElse(0);
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new EOFException("the body broke off");
        }
        return body;
    }

    private static byte[] chunks(InputStream in) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        int size;
        do {
            String line = line(in, all);
            size = Integer.parseInt(line.split(";", 2)[0].strip(), 16);
            all.write(in.readNBytes(size));
            line(in, all);
        } while (size > 0);
        return all.toByteArray();
    }

    private static String line(InputStream in, OutputStream copy) throws IOException {
        StringBuilder line = new StringBuilder();
        while (line.isEmpty() || line.charAt(line.length() - 1) != '\n') {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("the chunks broke off");
            }
            copy.write(next);
            line.append((char) next);
        }
        return line.toString();
    }
}
