package dev.gatehouse.tracker.hook.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.SignedJWT;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;

/**
 * Checks signatures. The type of the key decides what may be done with it, never the token: else
 * whoever knows a public key could sign with it as if it were a shared secret.
 */
final class Signatures {

  /** What comes before the 32 bytes of an Ed25519 key in its DER form (RFC 8410 section 4). */
  private static final byte[] ED25519_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

  private Signatures() {}

  /** Whether checking takes so little that an event loop may do it. */
  static boolean isQuick(SignedJWT token) {
    return MACVerifier.SUPPORTED_ALGORITHMS.contains(token.getHeader().getAlgorithm());
  }

  /** Whether a token was signed with that key. */
  static boolean isSigned(SignedJWT token, JWK key) {
    JWSAlgorithm algorithm = token.getHeader().getAlgorithm();
    if (key.getAlgorithm() != null && !key.getAlgorithm().equals(algorithm)) {
      return false;
    }
    try {
      return key instanceof OctetKeyPair pair
          ? isSignedEd25519(token, pair)
          : isSignedWith(token, key, algorithm);
    } catch (JOSEException | GeneralSecurityException | IllegalArgumentException _) {
      // the key is of no use for this token, which is all that anybody wants to know
      return false;
    }
  }

  private static boolean isSignedWith(SignedJWT token, JWK key, JWSAlgorithm algorithm)
      throws JOSEException {
    JWSVerifier verifier;
    if (key instanceof RSAKey rsa && RSASSAVerifier.SUPPORTED_ALGORITHMS.contains(algorithm)) {
      verifier = new RSASSAVerifier(rsa);
    } else if (key instanceof ECKey ec && ECDSAVerifier.SUPPORTED_ALGORITHMS.contains(algorithm)) {
      verifier = new ECDSAVerifier(ec);
    } else if (key instanceof OctetSequenceKey secret
        && MACVerifier.SUPPORTED_ALGORITHMS.contains(algorithm)) {
      verifier = new MACVerifier(secret);
    } else {
      return false;
    }
    return token.verify(verifier);
  }

  /** With the JDK's own code, since the library needs another one for this. */
  private static boolean isSignedEd25519(SignedJWT token, OctetKeyPair pair)
      throws GeneralSecurityException {
    boolean fits =
        JWSAlgorithm.EdDSA.equals(token.getHeader().getAlgorithm())
            && Curve.Ed25519.equals(pair.getCurve());
    if (!fits) {
      return false;
    }
    byte[] raw = pair.getX().decode();
    byte[] encoded =
        ByteBuffer.allocate(ED25519_PREFIX.length + raw.length)
            .put(ED25519_PREFIX)
            .put(raw)
            .array();
    PublicKey key =
        KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
    Signature signature = Signature.getInstance("Ed25519");
    signature.initVerify(key);
    signature.update(token.getSigningInput());
    return signature.verify(token.getSignature().decode());
  }
}
