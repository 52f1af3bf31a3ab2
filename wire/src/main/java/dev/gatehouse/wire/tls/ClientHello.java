package dev.gatehouse.wire.tls;

import dev.gatehouse.wire.Bytes;
import java.util.List;
import java.util.Optional;

/**
 * What a client says before anything is secret.
 *
 * @param serverName the name in {@code server_name}; empty if the client sent no such extension. Of
 *     an encrypted hello it is the name outside
 * @param alpn the protocols offered, in the client's order
 * @param versions the values of {@code supported_versions}, without GREASE (RFC 8701)
 * @param encrypted whether an {@code encrypted_client_hello} extension is there, GREASE or not
 */
public record ClientHello(
    Optional<ServerName> serverName, List<Bytes> alpn, List<Integer> versions, boolean encrypted) {

  /** {@code acme-tls/1}, by which a certificate authority asks for a proof (RFC 8737). */
  private static final Bytes ACME_TLS = Bytes.utf8("acme-tls/1");

  public ClientHello {
    alpn = List.copyOf(alpn);
    versions = List.copyOf(versions);
  }

  /** Whether this is a certificate authority's question (RFC 8737 section 3). */
  public boolean offersAcmeTls() {
    return alpn.contains(ACME_TLS);
  }
}
