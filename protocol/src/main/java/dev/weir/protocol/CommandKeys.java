package dev.weir.protocol;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;

/** Ed25519 keys as text, and their ids. Public halves travel as base64 of their X.509 form. */
public final class CommandKeys {

    private static final String ALGORITHM = "Ed25519";

    private CommandKeys() {}

    /** The first 16 hex digits of the SHA-256 of the public key's X.509 form. */
    public static String id(PublicKey key) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    public static String text(PublicKey key) {
        return Base64.getEncoder().encodeToString(key.getEncoded());
    }

    /**
     * @throws IllegalArgumentException if {@code text} is no base64 X.509 Ed25519 key
     */
    public static PublicKey publicKey(String text) {
        try {
            var der = Base64.getDecoder().decode(text.strip());
            return KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(der));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("not an Ed25519 public key: " + e.getMessage(), e);
        }
    }

    /**
     * @param pem PKCS#8 in PEM, as {@code BEGIN PRIVATE KEY}
     * @throws IllegalArgumentException if it is none
     */
    public static PrivateKey privateKey(String pem) {
        try {
            var body =
                    pem.replaceAll("-----(BEGIN|END) PRIVATE KEY-----", "").replaceAll("\\s", "");
            var der = Base64.getDecoder().decode(body);
            return KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(der));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "not an Ed25519 private key in PKCS#8 PEM: " + e.getMessage(), e);
        }
    }
}
