package dev.gatehouse.relay.push;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads RSA keys from PEM: PKCS#8, or PKCS#1, which the JDK reads only within the former. */
final class RsaKeys {

  private static final Pattern PEM =
      Pattern.compile(
          "\\s*-----BEGIN (RSA )?PRIVATE KEY-----\\s([A-Za-z0-9+/=\\s]+)"
              + "-----END (RSA )?PRIVATE KEY-----\\s*");

  /** Version 0, and the algorithm rsaEncryption (RFC 8017 appendix A.1). */
  private static final byte[] VERSION_AND_ALGORITHM =
      HexFormat.of().parseHex("020100300d06092a864886f70d0101010500");

  private static final int SEQUENCE = 0x30;
  private static final int OCTET_STRING = 0x04;

  private RsaKeys() {}

  static Optional<PrivateKey> read(String pem) {
    Matcher matcher = PEM.matcher(pem);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    try {
      byte[] der = Base64.getMimeDecoder().decode(matcher.group(2));
      byte[] pkcs8 = matcher.group(1) == null ? der : wrapped(der);
      return Optional.of(
          KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(pkcs8)));
    } catch (GeneralSecurityException | IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static byte[] wrapped(byte[] pkcs1) {
    ByteArrayOutputStream inner = new ByteArrayOutputStream();
    inner.writeBytes(VERSION_AND_ALGORITHM);
    write(inner, OCTET_STRING, pkcs1);
    ByteArrayOutputStream outer = new ByteArrayOutputStream();
    write(outer, SEQUENCE, inner.toByteArray());
    return outer.toByteArray();
  }

  /** Lengths of keys need two bytes and always get them, which readers take. */
  private static void write(ByteArrayOutputStream out, int tag, byte[] content) {
    out.write(tag);
    out.write(0x82);
    out.write(content.length >> 8);
    out.write(content.length);
    out.writeBytes(content);
  }
}
