package dev.gatehouse.net.acme;

import java.io.IOException;
import java.io.StringWriter;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.shredzone.acme4j.util.CSRBuilder;
import org.shredzone.acme4j.util.CertificateUtils;

/** An authority that asks for no proof, or refuses with the words that it was given. */
final class TestAuthority implements Authority {

  private final KeyPair own = AcmeAuthority.newProofKey();
  private final X509Certificate root;
  private String domain;
  private Instant begin;
  private int days = 90;
  private String refusal = "";
  int orders;

  TestAuthority(String domain, Instant begin) {
    this.domain = domain;
    this.begin = begin;
    root =
        CertificateUtils.createTestRootCertificate(
            "cn=Test Root",
            begin.minus(1, ChronoUnit.DAYS),
            begin.plus(3650, ChronoUnit.DAYS),
            own);
  }

  void issuesFor(String name) {
    domain = name;
  }

  void issuesFrom(Instant next) {
    begin = next;
  }

  /** Says that from now on; empty: it issues. */
  void refuses(String words) {
    refusal = words;
  }

  @Override
  public String order(KeyPair key, Proofs proofs) throws AuthorityException {
    orders++;
    if (!refusal.isEmpty()) {
      throw new AuthorityException(OrderFailure.UNREACHABLE, refusal);
    }
    return issue(key);
  }

  String issue(KeyPair key) {
    try {
      CSRBuilder csr = new CSRBuilder();
      csr.addDomain(domain);
      csr.sign(key);
      StringWriter text = new StringWriter();
      try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
        writer.writeObject(
            CertificateUtils.createTestCertificate(
                csr.getCSR(), begin, begin.plus(days, ChronoUnit.DAYS), root, own.getPrivate()));
        writer.writeObject(root);
      }
      return text.toString();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
