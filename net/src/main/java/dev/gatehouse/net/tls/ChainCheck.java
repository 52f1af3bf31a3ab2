package dev.gatehouse.net.tls;

import dev.gatehouse.net.tls.CertificateProblem.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;

/**
 * Whether certificates are the way from a server's to a root, as clients need it.
 *
 * <p>A client that misses one of them ends the handshake with an alert, of which the people at the
 * server learn nothing; hence the rules are strict where a public authority is the issuer.
 *
 * @param requireChain whether a public authority's certificate without its issuer is an error
 * @param roots those that clients have
 */
record ChainCheck(boolean requireChain, Supplier<List<X509Certificate>> roots) {

  /** The roots that the JDK has from its maker, or from the distribution. */
  static List<X509Certificate> platformRoots() {
    try {
      var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init((KeyStore) null);
      return Stream.of(factory.getTrustManagers())
          .filter(X509TrustManager.class::isInstance)
          .map(X509TrustManager.class::cast)
          .flatMap(manager -> Arrays.stream(manager.getAcceptedIssuers()))
          .toList();
    } catch (GeneralSecurityException _) {
      // without a trust store every issuer is one that clients may not know
      return List.of();
    }
  }

  /** What is wrong with the chain of a file. */
  Optional<CertificateProblem> problem(Path file, List<X509Certificate> chain) {
    for (int i = 0; i + 1 < chain.size(); i++) {
      if (!isIssuer(chain.get(i + 1), chain.get(i))) {
        return Optional.of(
            CertificateProblem.error(
                Kind.CHAIN,
                file
                    + ": "
                    + broken(chain, i)
                    + "; give the"
                    + " certificate of the server first and after each one its issuer's"));
      }
    }
    return chain.size() == 1 ? alone(file, chain.getFirst()) : Optional.empty();
  }

  /** What clients need: they have the root themselves. */
  static List<X509Certificate> sent(List<X509Certificate> chain) {
    X509Certificate last = chain.getLast();
    return chain.size() > 1 && isIssuer(last, last) ? chain.subList(0, chain.size() - 1) : chain;
  }

  /** A certificate as people find it in a file. */
  static String at(List<X509Certificate> chain, int index) {
    return "certificate " + (index + 1) + " (" + chain.get(index).getSubjectX500Principal() + ")";
  }

  /** Why the one after {@code index} is not the issuer of that one. */
  private static String broken(List<X509Certificate> chain, int index) {
    X509Certificate issued = chain.get(index);
    for (int i = 0; i < chain.size(); i++) {
      if (i != index && isIssuer(chain.get(i), issued)) {
        return at(chain, index + 1)
            + " is out of order: the issuer of "
            + at(chain, index)
            + " is certificate "
            + (i + 1);
      }
    }
    return chain.get(index + 1).getSubjectX500Principal().equals(issued.getIssuerX500Principal())
        ? at(chain, index + 1)
            + " has the name of the issuer of "
            + at(chain, index)
            + ", but did not sign it"
        : at(chain, index + 1)
            + " is a stranger: the issuer of "
            + at(chain, index)
            + " is "
            + issued.getIssuerX500Principal();
  }

  private Optional<CertificateProblem> alone(Path file, X509Certificate leaf) {
    if (isIssuer(leaf, leaf) || roots.get().stream().anyMatch(root -> isIssuer(root, leaf))) {
      return Optional.empty();
    }
    String only = file + ": holds only the leaf, issued by " + leaf.getIssuerX500Principal();
    return Optional.of(
        namesItsIssuer(leaf)
            ? new CertificateProblem(
                Kind.CHAIN, requireChain, only + "; give the full chain (fullchain.pem)")
            : CertificateProblem.warning(
                Kind.CHAIN, only + ", a private CA that clients must know"));
  }

  private static boolean isIssuer(X509Certificate issuer, X509Certificate issued) {
    if (!issued.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())) {
      return false;
    }
    try {
      issued.verify(issuer.getPublicKey());
      return true;
    } catch (GeneralSecurityException _) {
      return false;
    }
  }

  /** Public authorities say where to get their own certificate (RFC 5280 section 4.2.2.1). */
  private static boolean namesItsIssuer(X509Certificate leaf) {
    byte[] extension = leaf.getExtensionValue(Extension.authorityInfoAccess.getId());
    if (extension == null) {
      return false;
    }
    try {
      var access =
          AuthorityInformationAccess.getInstance(
              JcaX509ExtensionUtils.parseExtensionValue(extension));
      return Arrays.stream(access.getAccessDescriptions())
          .filter(way -> AccessDescription.id_ad_caIssuers.equals(way.getAccessMethod()))
          .anyMatch(
              way -> way.getAccessLocation().getTagNo() == GeneralName.uniformResourceIdentifier);
    } catch (IOException | RuntimeException _) {
      // the library throws what its arithmetic on damaged bytes leads to
      return false;
    }
  }
}
