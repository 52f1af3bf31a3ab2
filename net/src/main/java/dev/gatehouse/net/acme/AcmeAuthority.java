package dev.gatehouse.net.acme;

import java.io.IOException;
import java.io.StringWriter;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.shredzone.acme4j.Account;
import org.shredzone.acme4j.AccountBuilder;
import org.shredzone.acme4j.Authorization;
import org.shredzone.acme4j.Identifier;
import org.shredzone.acme4j.Order;
import org.shredzone.acme4j.Session;
import org.shredzone.acme4j.Status;
import org.shredzone.acme4j.challenge.Challenge;
import org.shredzone.acme4j.challenge.Http01Challenge;
import org.shredzone.acme4j.challenge.TlsAlpn01Challenge;
import org.shredzone.acme4j.exception.AcmeException;
import org.shredzone.acme4j.exception.AcmeLazyLoadingException;
import org.shredzone.acme4j.exception.AcmeNetworkException;
import org.shredzone.acme4j.exception.AcmeProtocolException;
import org.shredzone.acme4j.exception.AcmeServerException;

/** An authority that speaks ACME, asked by a library. */
final class AcmeAuthority implements Authority {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int PROOF_BITS = 2048;
  private static final String NO_ACME = "the authority answers with what is no ACME";
  private static final Pattern PROBLEM = Pattern.compile("[A-Za-z0-9:._/-]{1,128}");

  private final AcmeSettings settings;
  private final CertificateFolder folder;

  /** The ways to prove that a domain is ours, in the order in which they are tried. */
  private enum Way {
    TLS_ALPN,
    HTTP
  }

  AcmeAuthority(AcmeSettings settings, CertificateFolder folder) {
    this.settings = settings;
    this.folder = folder;
  }

  /** A key of the kind that the predecessor used, P-256. */
  static KeyPair newKey() {
    return newKey("EC", new ECGenParameterSpec("secp256r1"));
  }

  /** A key of the one kind with which the library signs a proof. */
  static KeyPair newProofKey() {
    return newKey("RSA", new RSAKeyGenParameterSpec(PROOF_BITS, RSAKeyGenParameterSpec.F4));
  }

  private static KeyPair newKey(String type, AlgorithmParameterSpec kind) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(type);
      generator.initialize(kind);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public String order(KeyPair key, Proofs proofs) throws AuthorityException, InterruptedException {
    try {
      Account account = account();
      for (Way way : Way.values()) {
        // what was refused once stays refused, so each way has an order of its own
        Order order = account.newOrder().domain(settings.domain()).create();
        if (isProven(order, way, proofs)) {
          return issued(order, key);
        }
      }
      throw new AuthorityException(
          OrderFailure.NOT_PROVEN, "the authority did not see that the domain is ours");
    } catch (AcmeException e) {
      throw failure(e);
    } catch (AcmeLazyLoadingException | AcmeProtocolException e) {
      throw new AuthorityException(OrderFailure.NO_ACME, NO_ACME, e);
    } catch (IOException e) {
      throw new AuthorityException(
          OrderFailure.FOLDER, "the key of the account cannot be kept: " + e, e);
    }
  }

  private Account account() throws AcmeException, IOException {
    Optional<KeyPair> known = folder.account();
    KeyPair key = known.orElseGet(AcmeAuthority::newKey);
    if (known.isEmpty()) {
      folder.account(key);
    }
    AccountBuilder builder = new AccountBuilder().agreeToTermsOfService().useKeyPair(key);
    if (!settings.email().isEmpty()) {
      builder.addEmail(settings.email());
    }
    return builder.create(new Session(settings.directory()));
  }

  private boolean isProven(Order order, Way way, Proofs proofs)
      throws AcmeException, IOException, InterruptedException {
    for (Authorization authorization : order.getAuthorizations()) {
      if (authorization.getStatus() != Status.VALID && !isProven(authorization, way, proofs)) {
        return false;
      }
    }
    return true;
  }

  private boolean isProven(Authorization authorization, Way way, Proofs proofs)
      throws AcmeException, IOException, InterruptedException {
    try {
      Optional<? extends Challenge> shown = show(authorization, way, proofs);
      if (shown.isEmpty()) {
        return false;
      }
      shown.get().trigger();
      return authorization.waitForCompletion(PATIENCE) == Status.VALID;
    } finally {
      proofs.clear();
    }
  }

  /** What the authority then looks for; empty if it would not look this way. */
  private static Optional<? extends Challenge> show(
      Authorization authorization, Way way, Proofs proofs) throws IOException {
    return switch (way) {
      case TLS_ALPN -> showCertificate(authorization, proofs);
      case HTTP -> showText(authorization, proofs);
    };
  }

  private static Optional<? extends Challenge> showCertificate(
      Authorization authorization, Proofs proofs) throws IOException {
    Optional<TlsAlpn01Challenge> challenge = authorization.findChallenge(TlsAlpn01Challenge.class);
    if (challenge.isPresent()) {
      KeyPair own = newProofKey();
      Identifier domain = authorization.getIdentifier();
      proofs.show(own.getPrivate(), challenge.get().createCertificate(own, domain));
    }
    return challenge;
  }

  private static Optional<? extends Challenge> showText(
      Authorization authorization, Proofs proofs) {
    Optional<Http01Challenge> challenge = authorization.findChallenge(Http01Challenge.class);
    challenge.ifPresent(known -> proofs.show(known.getToken(), known.getAuthorization()));
    return challenge;
  }

  private static String issued(Order order, KeyPair key)
      throws AcmeException, IOException, AuthorityException, InterruptedException {
    order.waitUntilReady(PATIENCE);
    order.execute(key);
    if (order.waitForCompletion(PATIENCE) != Status.VALID) {
      throw new AuthorityException(
          OrderFailure.NOT_ISSUED, "the authority gave no certificate for an order that was ready");
    }
    StringWriter pem = new StringWriter();
    order.getCertificate().writeCertificate(pem);
    return pem.toString();
  }

  /** In our words, or one of those that the protocol names; never what a server wrote freely. */
  private static AuthorityException failure(AcmeException e) {
    return switch (e) {
      case AcmeServerException refused -> {
        String type = refused.getType().toString();
        String known = PROBLEM.matcher(type).matches() ? type : "no known type";
        yield new AuthorityException(
            OrderFailure.REFUSED, "the authority refuses: " + known, refused);
      }
      case AcmeNetworkException away ->
          new AuthorityException(OrderFailure.UNREACHABLE, "the authority cannot be reached", away);
      default -> new AuthorityException(OrderFailure.NO_ACME, NO_ACME, e);
    };
  }
}
