package dev.gatehouse.net.tls;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.PrivateKey;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.util.io.pem.PemObject;

/** PEM as tests write it. */
final class Pem {

  private Pem() {}

  /** One block for each; an RSA key in the form of its own type. */
  static String text(Object... contents) throws IOException {
    StringWriter pem = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(pem)) {
      for (Object content : contents) {
        writer.writeObject(content);
      }
    }
    return pem.toString();
  }

  static String pkcs8(PrivateKey key) throws IOException {
    return text(new JcaPKCS8Generator(key, null));
  }

  /** With the curve inside. */
  static String sec1(PrivateKey key) throws IOException {
    PrivateKeyInfo info = PrivateKeyInfo.getInstance(key.getEncoded());
    BigInteger secret = ECPrivateKey.getInstance(info.parsePrivateKey()).getKey();
    ASN1Encodable curve = info.getPrivateKeyAlgorithm().getParameters();
    return text(new PemObject("EC PRIVATE KEY", new ECPrivateKey(256, secret, curve).getEncoded()));
  }

  static String chain(Issued... chain) throws IOException {
    StringBuilder pem = new StringBuilder();
    for (Issued issued : chain) {
      pem.append(text(issued.certificate()));
    }
    return pem.toString();
  }

  /** The two files of a folder that hold these certificates and the key of the first. */
  static CertificateFiles write(Path folder, Issued... chain) throws IOException {
    CertificateFiles files =
        new CertificateFiles(folder.resolve("fullchain.pem"), folder.resolve("privkey.pem"));
    Files.writeString(files.chain(), chain(chain));
    Files.writeString(files.key(), pkcs8(chain[0].key()));
    rights(files.key(), "rw-------");
    return files;
  }

  static void rights(Path file, String rights) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(rights));
  }
}
