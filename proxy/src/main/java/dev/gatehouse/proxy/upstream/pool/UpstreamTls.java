package dev.gatehouse.proxy.upstream.pool;

import dev.gatehouse.net.tls.client.Trust;
import dev.gatehouse.proxy.route.BackendTls;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How TLS is spoken with the backends of a route.
 *
 * @param name which they must prove; empty: their own, else the one that was asked for
 */
public record UpstreamTls(Trust trust, String name) {

  public static UpstreamTls of(BackendTls configured) {
    Optional<Path> authorities =
        configured.authorities().isEmpty()
            ? Optional.empty()
            : Optional.of(Path.of(configured.authorities()));
    return new UpstreamTls(new Trust(configured.verify(), authorities), configured.name());
  }
}
