package dev.gatehouse.net.tls;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate that a test made, and its key. */
record Issued(X509Certificate certificate, PrivateKey key) {

  /** The beginning of a manual clock, around which certificates are valid unless told otherwise. */
  static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

  static final Instant BEGIN = Instant.parse("2029-10-01T00:00:00Z");
  static final Instant END = Instant.parse("2030-07-01T00:00:00Z");

  private static final SecureRandom RANDOM = new SecureRandom();

  /** A root whose name is {@code name}. */
  static Issued root(String name) throws Exception {
    return new Recipe(name).authority().signedByItself();
  }

  /** An authority between this one and a server. */
  Issued intermediate(String name) throws Exception {
    return new Recipe(name).authority().signedBy(this);
  }

  /** A server's certificate as public authorities make them. */
  Issued leaf(String... names) throws Exception {
    return new Recipe(names[0])
        .names(names)
        .issuerAt("http://ca.example/issuer.der")
        .signedBy(this);
  }

  static KeyPair ec(String curve) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec(curve));
    return generator.generateKeyPair();
  }

  static KeyPair rsa(int bits) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(bits);
    return generator.generateKeyPair();
  }

  /** What is to stand in a certificate. */
  static final class Recipe {

    private final X500Name subject;
    private KeyPair keys = ec("secp256r1");
    private List<String> names = List.of();
    private String issuerAt = "";
    private Instant begin = BEGIN;
    private Instant end = END;
    private boolean authority;

    Recipe(String name) throws GeneralSecurityException {
      this.subject = new X500Name("CN=" + name);
    }

    Recipe keys(KeyPair those) {
      this.keys = those;
      return this;
    }

    Recipe names(String... those) {
      this.names = List.of(those);
      return this;
    }

    Recipe issuerAt(String url) {
      this.issuerAt = url;
      return this;
    }

    Recipe valid(Instant from, Instant until) {
      this.begin = from;
      this.end = until;
      return this;
    }

    Recipe authority() {
      this.authority = true;
      return this;
    }

    Issued signedByItself() throws Exception {
      return signed(subject, keys.getPrivate());
    }

    Issued signedBy(Issued issuer) throws Exception {
      String name = issuer.certificate().getSubjectX500Principal().getName();
      return signed(new X500Name(name), issuer.key());
    }

    private Issued signed(X500Name issuer, PrivateKey issuerKey) throws Exception {
      var builder =
          new JcaX509v3CertificateBuilder(
              issuer,
              new BigInteger(64, RANDOM),
              Date.from(begin),
              Date.from(end),
              subject,
              keys.getPublic());
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
      if (!names.isEmpty()) {
        builder.addExtension(Extension.subjectAlternativeName, false, alternativeNames());
      }
      if (!issuerAt.isEmpty()) {
        var url = new GeneralName(GeneralName.uniformResourceIdentifier, issuerAt);
        builder.addExtension(
            Extension.authorityInfoAccess,
            false,
            new AuthorityInformationAccess(AccessDescription.id_ad_caIssuers, url));
      }
      String algorithm = issuerKey.getAlgorithm().equals("RSA") ? "RSA" : "ECDSA";
      var signer = new JcaContentSignerBuilder("SHA256with" + algorithm).build(issuerKey);
      return new Issued(
          new JcaX509CertificateConverter().getCertificate(builder.build(signer)),
          keys.getPrivate());
    }

    private GeneralNames alternativeNames() {
      return new GeneralNames(names.stream().map(Recipe::name).toArray(GeneralName[]::new));
    }

    private static GeneralName name(String text) {
      boolean address = text.matches("[0-9.]+");
      return new GeneralName(address ? GeneralName.iPAddress : GeneralName.dNSName, text);
    }
  }
}
