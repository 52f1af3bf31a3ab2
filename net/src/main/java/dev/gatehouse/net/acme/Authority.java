package dev.gatehouse.net.acme;

import java.security.KeyPair;

/** Who issues certificates. */
interface Authority {

  /**
   * Orders a certificate and proves that the domain is ours; takes up to minutes.
   *
   * @param proofs where the authority will find what it asks for
   * @return the certificate and those above it, PEM
   */
  String order(KeyPair key, Proofs proofs) throws AuthorityException, InterruptedException;
}
