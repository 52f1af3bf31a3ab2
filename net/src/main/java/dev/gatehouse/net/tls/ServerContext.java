package dev.gatehouse.net.tls;

import dev.gatehouse.wire.Bytes;
import dev.gatehouse.wire.tls.ClientHello;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.OpenSslContextOption;
import io.netty.handler.ssl.OpenSslServerSessionContext;
import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.internal.tcnative.SSL;
import io.netty.util.IllegalReferenceCountException;
import io.netty.util.ReferenceCountUtil;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.X509TrustManager;

/**
 * What the server's side of TLS handshakes needs to answer with one certificate.
 *
 * <p>It is counted: whoever made it releases it once, each connection holds it until it has ended,
 * and the last of them frees it. Any thread may open connections.
 *
 * <p>Sessions resume by tickets alone. Their keys belong to the context, so that a ticket of one
 * name is worth nothing at another; the library makes them and changes them every two days.
 */
public final class ServerContext {

  /** What is spoken within TLS where nothing else is said, the best first. */
  public static final List<String> PROTOCOLS = List.of("h2", "http/1.1");

  /** An alert record of version 1.2: fatal, no_application_protocol (RFC 7301 section 3.2). */
  private static final Bytes NO_APPLICATION_PROTOCOL =
      Bytes.of(new byte[] {21, 3, 3, 0, 2, 2, 120});

  /** An alert record of version 1.2: fatal, unrecognized_name (RFC 6066 section 3). */
  private static final Bytes UNRECOGNIZED_NAME = Bytes.of(new byte[] {21, 3, 3, 0, 2, 2, 112});

  /** By which an authority asks for a proof (RFC 8737 section 3). */
  private static final String ACME_TLS = "acme-tls/1";

  /** Secret keys that are forgotten, and ciphers that notice a change. */
  private static final List<String> SUITES =
      List.of(
          "TLS_AES_128_GCM_SHA256",
          "TLS_AES_256_GCM_SHA384",
          "TLS_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

  private static final String[] NATIVE_GROUPS = {
    "X25519MLKEM768", "x25519", "secp256r1", "secp384r1"
  };
  private static final String[] JDK_GROUPS = {"x25519", "secp256r1", "secp384r1"};

  private final SslContext context;
  private final Engine engine;
  private final List<Bytes> protocols;

  /** The code that does the work of TLS. */
  public enum Engine {
    /** BoringSSL. */
    NATIVE,
    JDK;

    /** The native one where its library is there for this machine. */
    public static Engine best() {
      return OpenSsl.isAvailable() ? NATIVE : JDK;
    }
  }

  /** The oldest version of TLS that is spoken. */
  public enum MinimumVersion {
    TLS_1_2("TLSv1.3", "TLSv1.2"),
    TLS_1_3("TLSv1.3");

    @SuppressWarnings("ImmutableEnumChecker") // List.of
    private final List<String> versions;

    MinimumVersion(String... versions) {
      this.versions = List.of(versions);
    }
  }

  /** What becomes of a client that has said hello. */
  public sealed interface Opening {

    /** The handler does the rest, beginning with the bytes of that hello. */
    record Opened(SslHandler handler) implements Opening {}

    /** The alert says why, and the connection is to be closed. */
    record Refused(ByteBuf alert) implements Opening {}

    /** There is nothing to answer with. */
    record Unavailable() implements Opening {}
  }

  /**
   * What a client and this side have come to in a handshake.
   *
   * @param version as in {@code TLSv1.3}
   * @param resumed whether a ticket spared them most of it
   * @param alpn empty: nothing was offered
   * @param serverName that the client asked for in the hello that counts
   */
  public record Agreed(
      String version,
      String cipher,
      boolean resumed,
      Optional<String> alpn,
      Optional<String> serverName) {

    /** Of a handshake that is complete. */
    public static Agreed of(SslHandler handler) {
      SSLSession session = handler.engine().getSession();
      return new Agreed(
          session.getProtocol(),
          cipher(handler.engine()),
          isResumed(handler.engine()),
          Optional.ofNullable(handler.applicationProtocol()),
          session instanceof ExtendedSSLSession extended ? name(extended) : Optional.empty());
    }

    /** As OpenSSL calls it, where that speaks: Java has other names for those before TLS 1.3. */
    private static String cipher(SSLEngine engine) {
      return engine instanceof ReferenceCountedOpenSslEngine known
          ? SSL.getCipherForSSL(known.sslPointer())
          : engine.getSession().getCipherSuite();
    }

    private static boolean isResumed(SSLEngine engine) {
      return engine instanceof ReferenceCountedOpenSslEngine known
          && SSL.isSessionReused(known.sslPointer());
    }

    private static Optional<String> name(ExtendedSSLSession session) {
      return session.getRequestedServerNames().stream()
          .filter(SNIHostName.class::isInstance)
          .map(name -> ((SNIHostName) name).getAsciiName())
          .findFirst();
    }
  }

  private ServerContext(SslContext context, Engine engine, List<Bytes> protocols) {
    this.context = context;
    this.engine = engine;
    this.protocols = protocols;
  }

  /**
   * A context that the caller is to release.
   *
   * @throws SSLException if the engine does not take the pair
   */
  static ServerContext of(CertificatePair pair, Engine engine, MinimumVersion minimum)
      throws SSLException {
    return of(pair, engine, minimum, PROTOCOLS);
  }

  /**
   * As the other.
   *
   * @param protocols what is spoken within TLS, the best first
   */
  static ServerContext of(
      CertificatePair pair, Engine engine, MinimumVersion minimum, List<String> protocols)
      throws SSLException {
    SslContextBuilder builder =
        SslContextBuilder.forServer(pair.key(), pair.chain())
            .sslProvider(provider(engine))
            .protocols(minimum.versions)
            .ciphers(SUITES)
            .applicationProtocolConfig(
                new ApplicationProtocolConfig(
                    Protocol.ALPN,
                    SelectorFailureBehavior.NO_ADVERTISE,
                    SelectedListenerFailureBehavior.ACCEPT,
                    protocols))
            .trustManager(new NobodyTrusted());
    if (engine == Engine.NATIVE) {
      builder.option(OpenSslContextOption.GROUPS, NATIVE_GROUPS);
    }
    SslContext context = builder.build();
    if (context.sessionContext() instanceof OpenSslServerSessionContext sessions) {
      sessions.setSessionCacheEnabled(false);
      sessions.setTicketKeys();
    }
    return new ServerContext(context, engine, protocols.stream().map(Bytes::utf8).toList());
  }

  /**
   * A context that proves to an authority that its domain is ours, and that the caller is to
   * release.
   *
   * @throws SSLException if the engine does not take the pair
   */
  public static ServerContext forProof(PrivateKey key, X509Certificate certificate)
      throws SSLException {
    return of(
        new CertificatePair(List.of(certificate), key),
        Engine.best(),
        MinimumVersion.TLS_1_2,
        List.of(ACME_TLS));
  }

  private static SslProvider provider(Engine engine) {
    return switch (engine) {
      case NATIVE -> SslProvider.OPENSSL_REFCNT;
      case JDK -> SslProvider.JDK;
    };
  }

  /** Begins the server's side of one connection; the answer is the caller's to use or release. */
  public Opening open(ClientHello hello, ByteBufAllocator allocator) {
    if (!hello.alpn().isEmpty() && hello.alpn().stream().noneMatch(protocols::contains)) {
      return refused(NO_APPLICATION_PROTOCOL, allocator);
    }
    try {
      ReferenceCountUtil.retain(context);
    } catch (IllegalReferenceCountException _) {
      return new Opening.Unavailable();
    }
    try {
      return new Opening.Opened(handler(allocator));
    } finally {
      ReferenceCountUtil.release(context);
    }
  }

  /** For a client that asks for a name which is not served. */
  public static Opening unknownName(ByteBufAllocator allocator) {
    return refused(UNRECOGNIZED_NAME, allocator);
  }

  private static Opening refused(Bytes alert, ByteBufAllocator allocator) {
    return new Opening.Refused(allocator.buffer(alert.length()).writeBytes(alert.toArray()));
  }

  private SslHandler handler(ByteBufAllocator allocator) {
    SslHandler handler = context.newHandler(allocator);
    if (engine == Engine.JDK) {
      SSLParameters parameters = handler.engine().getSSLParameters();
      parameters.setNamedGroups(JDK_GROUPS);
      handler.engine().setSSLParameters(parameters);
    }
    return handler;
  }

  /** What takes the place of this one may be used; connections that are open go on. */
  public void release() {
    ReferenceCountUtil.release(context);
  }

  int references() {
    return ReferenceCountUtil.refCnt(context);
  }

  /**
   * Clients show no certificates. Without this, every context would carry the roots of the platform
   * to judge them by.
   */
  private static final class NobodyTrusted implements X509TrustManager {

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      throw new CertificateException("certificates of clients are not asked for");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      throw new CertificateException("this side is the server");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
