package dev.gatehouse.net.tls;

import dev.gatehouse.net.tls.Reading.Read;
import dev.gatehouse.net.tls.Reading.Unreadable;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.bouncycastle.util.io.pem.PemObject;

/** Reads the certificates among the blocks of a file, in their order. */
final class ChainReader {

  private static final String CERTIFICATE = "CERTIFICATE";

  /** What may stand beside them: other servers want the key or parameters in the same file. */
  private static final Set<String> OTHERS =
      Set.of("PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY", "EC PARAMETERS", "DH PARAMETERS");

  private ChainReader() {}

  /** The certificates, at least one. */
  static Reading<List<X509Certificate>> read(List<PemObject> blocks) {
    List<X509Certificate> chain = new ArrayList<>();
    for (PemObject block : blocks) {
      String label = PemFile.label(block);
      if (label.equals(CERTIFICATE)) {
        switch (certificate(block, chain.size() + 1)) {
          case Read<X509Certificate>(X509Certificate certificate) -> chain.add(certificate);
          case Unreadable<X509Certificate>(String reason) -> {
            return new Unreadable<>(reason);
          }
        }
      } else if (!OTHERS.contains(label)) {
        return new Unreadable<>("PEM block of " + label + " (expected: " + CERTIFICATE + ")");
      }
    }
    return chain.isEmpty()
        ? new Unreadable<>("no certificate among its PEM blocks")
        : new Read<>(List.copyOf(chain));
  }

  private static Reading<X509Certificate> certificate(PemObject block, int position) {
    byte[] der = block.getContent();
    try {
      var factory = CertificateFactory.getInstance("X.509");
      var certificate =
          (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der));
      // the factory takes other forms too, and ignores what follows
      if (Arrays.equals(certificate.getEncoded(), der)) {
        return new Read<>(certificate);
      }
    } catch (CertificateException _) {
      // the reason speaks of bytes, which helps nobody
    }
    return new Unreadable<>("certificate " + position + " is no X.509 certificate");
  }
}
