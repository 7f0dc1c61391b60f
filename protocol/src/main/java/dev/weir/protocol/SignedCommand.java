package dev.weir.protocol;

/**
 * A command as it travels: {@code POST /v1/commands} takes one and answers with a {@link Receipt}.
 *
 * @param payload the command as JSON text; exactly these bytes (UTF-8) are signed
 * @param key which public key checks it: {@link CommandKeys#id}
 * @param signature Ed25519 (RFC 8032) over the payload, base64
 */
public record SignedCommand(String payload, String key, String signature) {}
