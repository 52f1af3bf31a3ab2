package dev.gatehouse.proxy;

import dev.gatehouse.net.tls.client.ClientContexts;
import dev.gatehouse.proxy.config.ListenerConfig;
import dev.gatehouse.proxy.route.BackendTls;
import dev.gatehouse.proxy.upstream.pool.Upstream;
import dev.gatehouse.proxy.upstream.pool.UpstreamTls;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Readies what routes need to speak TLS with their backends. */
final class BackendTrust {

  private static final Logger log = LoggerFactory.getLogger(BackendTrust.class);

  private final ClientContexts contexts;
  private final Set<BackendTls> known = new HashSet<>();

  BackendTrust(ClientContexts contexts) {
    this.contexts = contexts;
  }

  /** Serves these listeners too; a file that cannot be used is told. Blocks. */
  void follow(List<ListenerConfig> listeners) {
    listeners.stream()
        .flatMap(listener -> listener.routes().stream())
        .map(route -> route.l7().backendTls())
        .flatMap(Optional::stream)
        .filter(known::add)
        .forEach(this::prepare);
  }

  private void prepare(BackendTls tls) {
    try {
      Upstream.prepare(UpstreamTls.of(tls), contexts);
    } catch (SSLException e) {
      known.remove(tls);
      log.atError()
          .setMessage("backend_trust_unavailable")
          .addKeyValue("err", e.getMessage())
          .log();
    }
  }
}
