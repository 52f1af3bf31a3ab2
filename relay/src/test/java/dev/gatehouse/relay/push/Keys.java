package dev.gatehouse.relay.push;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Arrays;
import java.util.Base64;

/** Keys of service accounts, made anew for each run. */
final class Keys {

  static final KeyPair RSA = pair("RSA", 2048);
  static final KeyPair EC = pair("EC", 256);

  /** Where PKCS#1 begins in the PKCS#8 of a 2048-bit key. */
  private static final int INNER = 26;

  private Keys() {}

  private static KeyPair pair(String algorithm, int size) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(size);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static String pkcs8(KeyPair pair) {
    return pem("PRIVATE KEY", pair.getPrivate().getEncoded());
  }

  static String pkcs1() {
    byte[] pkcs8 = RSA.getPrivate().getEncoded();
    return pem("RSA PRIVATE KEY", Arrays.copyOfRange(pkcs8, INNER, pkcs8.length));
  }

  private static String pem(String label, byte[] der) {
    String text = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(der);
    return "-----BEGIN " + label + "-----\n" + text + "\n-----END " + label + "-----\n";
  }

  static String account(String pem, URI tokenUri) {
    return account("service_account", "relay@p.iam.gserviceaccount.com", pem, tokenUri.toString());
  }

  static String account(String type, String email, String pem, String tokenUri) {
    return """
    {"type":"%s","project_id":"own-project","private_key_id":"x","private_key":"%s",
     "client_email":"%s","token_uri":"%s","more":{"client_email":"no"}}
    """
        .formatted(type, pem.replace("\n", "\\n"), email, tokenUri);
  }
}
