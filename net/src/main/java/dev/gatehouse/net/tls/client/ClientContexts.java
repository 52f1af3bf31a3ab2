package dev.gatehouse.net.tls.client;

import dev.gatehouse.net.tls.ServerContext;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.util.IllegalReferenceCountException;
import io.netty.util.ReferenceCountUtil;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * What the client's side of TLS handshakes needs, made once for all who trust the same.
 *
 * <p>Files are read by {@link #prepare}, which blocks; {@link #open} never does. A file that has
 * changed is read again when it is prepared again.
 */
public final class ClientContexts implements AutoCloseable {

  private final ServerContext.Engine engine;
  private final Map<Kind, SslContext> contexts = new ConcurrentHashMap<>();

  private record Kind(Trust trust, List<String> protocols) {}

  public ClientContexts(ServerContext.Engine engine) {
    this.engine = engine;
  }

  /**
   * Readies connections that offer these protocols.
   *
   * @param protocols names of ALPN (RFC 7301), the best first
   * @throws SSLException if the file of authorities cannot be used; what was ready before stays
   */
  public void prepare(Trust trust, List<String> protocols) throws SSLException {
    SslContext made = context(trust, protocols);
    release(contexts.put(new Kind(trust, protocols), made));
  }

  /**
   * The client's side of one connection.
   *
   * @param name which is asked for and must be proved: a host name, or an address
   * @return empty if it was not prepared
   */
  public Optional<SslHandler> open(
      Trust trust, List<String> protocols, String name, int port, ByteBufAllocator allocator) {
    Kind kind = new Kind(trust, protocols);
    Optional<SslContext> held = held(kind);
    try {
      return held.map(context -> context.newHandler(allocator, name, port));
    } finally {
      held.ifPresent(ReferenceCountUtil::release);
    }
  }

  /** A context may be replaced and freed while it is looked up; then there is another one. */
  private Optional<SslContext> held(Kind kind) {
    while (true) {
      SslContext found = contexts.get(kind);
      if (found == null) {
        return Optional.empty();
      }
      try {
        return Optional.of(ReferenceCountUtil.retain(found));
      } catch (IllegalReferenceCountException _) {
        Thread.onSpinWait();
      }
    }
  }

  /** Lets go of everything; connections that are open go on. */
  @Override
  public void close() {
    contexts.keySet().forEach(kind -> release(contexts.remove(kind)));
  }

  private static void release(@Nullable SslContext context) {
    if (context != null) {
      ReferenceCountUtil.release(context);
    }
  }

  private SslContext context(Trust trust, List<String> protocols) throws SSLException {
    SslContextBuilder builder =
        SslContextBuilder.forClient()
            .sslProvider(provider())
            .protocols("TLSv1.3", "TLSv1.2")
            .applicationProtocolConfig(
                new ApplicationProtocolConfig(
                    Protocol.ALPN,
                    SelectorFailureBehavior.NO_ADVERTISE,
                    SelectedListenerFailureBehavior.ACCEPT,
                    protocols));
    try {
      if (!trust.verify()) {
        builder
            .trustManager(InsecureTrustManagerFactory.INSTANCE)
            .endpointIdentificationAlgorithm(null);
      } else if (trust.authorities().isPresent()) {
        builder.trustManager(trust.authorities().get().toFile());
      }
      return builder.build();
    } catch (IllegalArgumentException e) {
      throw new SSLException(
          trust.authorities().map(Path::toString).orElse("the platform")
              + ": no certificates of authorities (expected: a file of certificates in PEM)",
          e);
    }
  }

  private SslProvider provider() {
    return switch (engine) {
      case NATIVE -> SslProvider.OPENSSL_REFCNT;
      case JDK -> SslProvider.JDK;
    };
  }
}
