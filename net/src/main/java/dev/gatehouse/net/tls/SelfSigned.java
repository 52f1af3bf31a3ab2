package dev.gatehouse.net.tls;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A certificate that vouches for itself, and its key, in two PEM files.
 *
 * @param certificate readable by all
 * @param key readable by its owner alone
 */
public record SelfSigned(Path certificate, Path key) {

  /** The name of the certificate's file. */
  public static final String CERTIFICATE = "localhost.pem";

  /** The name of the key's file. */
  public static final String KEY = "localhost.key";

  private static final String NAME = "localhost";
  private static final List<String> ADDRESSES = List.of("127.0.0.1", "::1");
  private static final int VALID_DAYS = 825;
  private static final int SERIAL_BITS = 127;

  /** Clocks of the same host differ by less. */
  private static final int EARLIER_DAYS = 1;

  /**
   * The pair for {@code localhost} in a folder, made on the first call and whenever it is about to
   * expire.
   *
   * @throws IOException if a file cannot be written
   */
  public static SelfSigned forLocalhost(Path folder, Instant now) throws IOException {
    SelfSigned pair = new SelfSigned(folder.resolve(CERTIFICATE), folder.resolve(KEY));
    if (!pair.isUsable(now)) {
      pair.make(now);
    }
    return pair;
  }

  private boolean isUsable(Instant now) throws IOException {
    if (!Files.exists(certificate) || !Files.exists(key)) {
      return false;
    }
    Instant made = Files.getLastModifiedTime(certificate).toInstant();
    return now.isBefore(made.plus(VALID_DAYS / 2, ChronoUnit.DAYS));
  }

  private void make(Instant now) throws IOException {
    try {
      KeyPair keys = keys();
      write(key, "rw-------", new JcaPKCS8Generator(keys.getPrivate(), null));
      write(certificate, "rw-r--r--", signed(keys, now));
    } catch (GeneralSecurityException | OperatorCreationException e) {
      throw new IOException("certificate for " + NAME + ": " + e.getMessage(), e);
    }
  }

  private static KeyPair keys() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  private static X509CertificateHolder signed(KeyPair keys, Instant now)
      throws IOException, OperatorCreationException {
    X500Name subject = new X500Name("CN=" + NAME);
    return new JcaX509v3CertificateBuilder(
            subject,
            new BigInteger(SERIAL_BITS, new SecureRandom()),
            Date.from(now.minus(EARLIER_DAYS, ChronoUnit.DAYS)),
            Date.from(now.plus(VALID_DAYS, ChronoUnit.DAYS)),
            subject,
            keys.getPublic())
        .addExtension(Extension.subjectAlternativeName, false, names())
        .build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()));
  }

  private static GeneralNames names() {
    GeneralName[] names = new GeneralName[1 + ADDRESSES.size()];
    names[0] = new GeneralName(GeneralName.dNSName, NAME);
    for (int i = 0; i < ADDRESSES.size(); i++) {
      names[i + 1] = new GeneralName(GeneralName.iPAddress, ADDRESSES.get(i));
    }
    return new GeneralNames(names);
  }

  /** Whole and with its rights, or not there at all. */
  private static void write(Path file, String rights, Object content) throws IOException {
    StringWriter pem = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(pem)) {
      writer.writeObject(content);
    }
    var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    Path folder = Files.createDirectories(file.toAbsolutePath().getParent(), owner);
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(rights)));
    Files.writeString(folder.resolve(file.getFileName()), pem.toString());
  }
}
