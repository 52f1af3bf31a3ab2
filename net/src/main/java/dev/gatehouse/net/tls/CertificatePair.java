package dev.gatehouse.net.tls;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * Certificates and a key.
 *
 * @param chain the certificate of the server first, then those that lead to a root
 */
record CertificatePair(List<X509Certificate> chain, PrivateKey key) {

  private static final int DNS_NAME = 2;
  private static final int IP_ADDRESS = 7;
  private static final String WILDCARD = "*.";

  /** What is signed is of no matter: only who can have signed it. */
  private static final byte[] PROBE = "gatehouse".getBytes(StandardCharsets.US_ASCII);

  CertificatePair {
    chain = List.copyOf(chain);
  }

  X509Certificate leaf() {
    return chain.getFirst();
  }

  boolean isExpired(Instant now) {
    return now.isAfter(leaf().getNotAfter().toInstant());
  }

  /** Whether the key is that of this certificate. */
  boolean keyIsOf(X509Certificate certificate) {
    String algorithm = "SHA256with" + (key.getAlgorithm().equals("RSA") ? "RSA" : "ECDSA");
    try {
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(key);
      signature.update(PROBE);
      byte[] signed = signature.sign();
      signature.initVerify(certificate.getPublicKey());
      signature.update(PROBE);
      return signature.verify(signed);
    } catch (GeneralSecurityException _) {
      // the two are not even of the same type
      return false;
    }
  }

  /** The names and addresses for which the certificate is. */
  List<String> names() {
    List<String> names = new ArrayList<>(alternativeNames(DNS_NAME));
    names.addAll(alternativeNames(IP_ADDRESS));
    return names;
  }

  /**
   * Whether clients of this name will take the certificate (RFC 9525 section 6.3). A name that is a
   * wildcard itself is covered by the same wildcard.
   */
  boolean covers(String hostname) {
    return alternativeNames(DNS_NAME).stream()
        .anyMatch(name -> matches(name.toLowerCase(Locale.ROOT), hostname));
  }

  /** The star stands for one label, and for all of it. */
  private static boolean matches(String name, String hostname) {
    if (name.equals(hostname)) {
      return true;
    }
    int label = hostname.indexOf('.');
    return name.startsWith(WILDCARD)
        && label > 0
        && hostname.substring(label).equals(name.substring(1));
  }

  private List<String> alternativeNames(int type) {
    try {
      Collection<List<?>> names = leaf().getSubjectAlternativeNames();
      return names == null
          ? List.of()
          : names.stream()
              .filter(name -> name.getFirst().equals(type))
              .map(name -> String.valueOf(name.get(1)))
              .toList();
    } catch (CertificateParsingException _) {
      // a client can read them no better
      return List.of();
    }
  }

  /** The fingerprint of the leaf, by which people compare certificates. */
  String sha256() {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(leaf().getEncoded());
      return HexFormat.of().formatHex(digest);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a certificate that was read has its bytes", e);
    }
  }

  /** A key may say more of itself than belongs into a log. */
  @Override
  public String toString() {
    return "CertificatePair[" + leaf().getSubjectX500Principal() + "]";
  }
}
