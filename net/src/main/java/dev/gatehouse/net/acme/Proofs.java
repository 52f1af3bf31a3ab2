package dev.gatehouse.net.acme;

import dev.gatehouse.net.tls.ServerContext;
import dev.gatehouse.net.tls.ServerContext.Opening;
import dev.gatehouse.wire.tls.ClientHello;
import io.netty.buffer.ByteBufAllocator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLException;

/**
 * What the authority is answered while it looks whether the domain is ours, and nobody is answered
 * else. Orders set it and take it away; any loop reads it.
 */
public final class Proofs {

  private volatile Optional<Text> text = Optional.empty();
  private volatile Optional<ServerContext> context = Optional.empty();

  private record Text(String token, String content) {}

  /** What is found under {@code /.well-known/acme-challenge/} and that token. */
  public Optional<String> text(String token) {
    return text.filter(known -> known.token().equals(token)).map(Text::content);
  }

  /** Begins a connection whose client asked for {@code acme-tls/1}. */
  Opening open(ClientHello hello, ByteBufAllocator allocator) {
    return context
        .map(proof -> proof.open(hello, allocator))
        .orElseGet(() -> ServerContext.unknownName(allocator));
  }

  void show(String token, String content) {
    text = Optional.of(new Text(token, content));
  }

  void show(PrivateKey key, X509Certificate certificate) throws SSLException {
    context = Optional.of(ServerContext.forProof(key, certificate));
  }

  /** There is nothing to be proven any more. */
  void clear() {
    text = Optional.empty();
    Optional<ServerContext> last = context;
    context = Optional.empty();
    last.ifPresent(ServerContext::release);
  }
}
