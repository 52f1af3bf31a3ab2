package dev.gatehouse.net.tls;

import dev.gatehouse.net.tls.Reading.Read;
import dev.gatehouse.net.tls.Reading.Unreadable;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.util.io.pem.PemHeader;
import org.bouncycastle.util.io.pem.PemObject;

/** Reads the one private key among the blocks of a file, in any of the forms that tools write. */
final class PrivateKeyReader {

  private static final int MIN_RSA_BITS = 2048;

  private static final String EXPECTED =
      " (expected: RSA of at least " + MIN_RSA_BITS + " bits, ECDSA P-256 or P-384)";

  private static final Set<ASN1ObjectIdentifier> CURVES =
      Set.of(SECObjectIdentifiers.secp256r1, SECObjectIdentifiers.secp384r1);

  private static final Map<ASN1ObjectIdentifier, String> OTHER_TYPES =
      Map.of(
          EdECObjectIdentifiers.id_Ed25519, "Ed25519",
          EdECObjectIdentifiers.id_Ed448, "Ed448",
          PKCSObjectIdentifiers.id_RSASSA_PSS, "RSASSA-PSS",
          X9ObjectIdentifiers.id_dsa, "DSA");

  private static final String CURVE = "EC PARAMETERS";

  /** What may stand beside the key. */
  private static final Set<String> OTHERS = Set.of("CERTIFICATE", CURVE, "DH PARAMETERS");

  private PrivateKeyReader() {}

  /** The key, of a type that every client knows. */
  static Reading<PrivateKey> read(List<PemObject> blocks) {
    List<PemObject> keys =
        blocks.stream().filter(block -> !OTHERS.contains(block.getType())).toList();
    if (keys.size() != 1) {
      return new Unreadable<>(keys.size() + " private keys among its PEM blocks (expected: 1)");
    }
    PemObject key = keys.getFirst();
    if (isEncrypted(key)) {
      return new Unreadable<>(
          "the key is encrypted, and nobody is there to type a passphrase; decrypt it"
              + " (openssl pkey)");
    }
    try {
      return read(key, blocks);
    } catch (GeneralSecurityException | IOException | RuntimeException _) {
      // the library throws what its arithmetic on damaged bytes leads to
      return new Unreadable<>("damaged " + PemFile.label(key));
    }
  }

  private static boolean isEncrypted(PemObject key) {
    for (Object header : key.getHeaders()) {
      if (((PemHeader) header).getValue().contains("ENCRYPTED")) {
        return true;
      }
    }
    return key.getType().equals("ENCRYPTED PRIVATE KEY");
  }

  private static Reading<PrivateKey> read(PemObject key, List<PemObject> blocks)
      throws GeneralSecurityException, IOException {
    return switch (key.getType()) {
      case "PRIVATE KEY" -> key(PrivateKeyInfo.getInstance(key.getContent()));
      case "RSA PRIVATE KEY" -> key(pkcs1(key));
      case "EC PRIVATE KEY" -> {
        Optional<PrivateKeyInfo> info = sec1(key, blocks);
        yield info.isPresent() ? key(info.get()) : new Unreadable<>("EC key without its curve");
      }
      default -> new Unreadable<>("PEM block of " + PemFile.label(key) + EXPECTED);
    };
  }

  private static PrivateKeyInfo pkcs1(PemObject key) throws IOException {
    AlgorithmIdentifier rsa =
        new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE);
    return new PrivateKeyInfo(rsa, ASN1Primitive.fromByteArray(key.getContent()));
  }

  /** The curve is inside, or in a block of its own (RFC 5915 section 4 wants it inside). */
  private static Optional<PrivateKeyInfo> sec1(PemObject block, List<PemObject> blocks)
      throws IOException {
    ECPrivateKey key = ECPrivateKey.getInstance(block.getContent());
    ASN1Encodable curve = key.getParametersObject();
    for (PemObject other : blocks) {
      if (curve == null && other.getType().equals(CURVE)) {
        curve = ASN1Primitive.fromByteArray(other.getContent());
      }
    }
    return curve == null
        ? Optional.empty()
        : Optional.of(
            new PrivateKeyInfo(
                new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, curve), key));
  }

  private static Reading<PrivateKey> key(PrivateKeyInfo info)
      throws GeneralSecurityException, IOException {
    AlgorithmIdentifier algorithm = info.getPrivateKeyAlgorithm();
    ASN1ObjectIdentifier type = algorithm.getAlgorithm();
    if (type.equals(PKCSObjectIdentifiers.rsaEncryption)) {
      return rsa(info);
    }
    if (type.equals(X9ObjectIdentifiers.id_ecPublicKey)) {
      return ec(info, algorithm.getParameters());
    }
    return new Unreadable<>(
        OTHER_TYPES.getOrDefault(type, "algorithm " + type) + " key" + EXPECTED);
  }

  private static Reading<PrivateKey> rsa(PrivateKeyInfo info)
      throws GeneralSecurityException, IOException {
    RSAPrivateKey key = (RSAPrivateKey) generate("RSA", info);
    int bits = key.getModulus().bitLength();
    return bits < MIN_RSA_BITS
        ? new Unreadable<>("RSA key of " + bits + " bits" + EXPECTED)
        : new Read<>(key);
  }

  private static Reading<PrivateKey> ec(PrivateKeyInfo info, ASN1Encodable curve)
      throws GeneralSecurityException, IOException {
    if (!(curve instanceof ASN1ObjectIdentifier id)) {
      return new Unreadable<>("EC key of a curve without a name" + EXPECTED);
    }
    if (!CURVES.contains(id)) {
      String name = Optional.ofNullable(ECNamedCurveTable.getName(id)).orElse(id.getId());
      return new Unreadable<>("EC key of curve " + name + EXPECTED);
    }
    return new Read<>(generate("EC", info));
  }

  private static PrivateKey generate(String type, PrivateKeyInfo info)
      throws GeneralSecurityException, IOException {
    return KeyFactory.getInstance(type).generatePrivate(new PKCS8EncodedKeySpec(info.getEncoded()));
  }
}
