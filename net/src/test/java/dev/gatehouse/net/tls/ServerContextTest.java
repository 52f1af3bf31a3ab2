package dev.gatehouse.net.tls;

import static dev.gatehouse.net.tls.TlsClient.echo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.net.tls.Issued.Recipe;
import dev.gatehouse.net.tls.ServerContext.Engine;
import dev.gatehouse.net.tls.ServerContext.MinimumVersion;
import dev.gatehouse.net.tls.ServerContext.Opening;
import dev.gatehouse.testkit.Await;
import dev.gatehouse.testkit.LeakGuard;
import dev.gatehouse.wire.tls.ClientHello;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.OpenSslContextOption;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.util.ReferenceCountUtil;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServerContextTest {

  private static final String V12 = "TLSv1.2";
  private static final String V13 = "TLSv1.3";

  @RegisterExtension final LeakGuard leaks = new LeakGuard();

  @TempDir private Path folder = Path.of("");

  private Issued intermediate;
  private Issued leaf;
  private final AtomicReference<ServerContext> present = new AtomicReference<>();
  private final List<ServerContext> made = new ArrayList<>();
  private TlsServer server;
  private TlsClient client;

  @BeforeAll
  void makeOnce() throws Exception {
    intermediate = Issued.root("Root").intermediate("Intermediate");
    leaf = intermediate.leaf(TlsClient.HOST);
  }

  @BeforeEach
  void open() throws Exception {
    server = new TlsServer((hello, allocator) -> present.get().open(hello, allocator));
    client = new TlsClient();
  }

  @AfterEach
  void close() throws Exception {
    server.close();
    made.forEach(ServerContext::release);
    made.clear();
  }

  @ParameterizedTest
  @EnumSource
  void speaksTls13AndSendsTheWholeChain(Engine engine) throws Exception {
    serve(engine, MinimumVersion.TLS_1_3);
    try (SSLSocket socket = client.connect(server.port())) {
      assertThat(echo(socket, "hello")).isEqualTo("hello");
      assertThat(socket.getSession().getProtocol()).isEqualTo(V13);
    }
    assertThat(client.shown())
        .containsExactly(List.of(leaf.certificate(), intermediate.certificate()));
  }

  @ParameterizedTest
  @EnumSource
  void tls12IsRefusedUnlessItWasAskedFor(Engine engine) throws Exception {
    serve(engine, MinimumVersion.TLS_1_3);
    try (SSLSocket socket = client.connect(server.port(), V12)) {
      assertThatThrownBy(socket::startHandshake)
          .isInstanceOf(SSLHandshakeException.class)
          .hasMessageContaining("protocol_version");
    }
    serve(engine, MinimumVersion.TLS_1_2);
    try (SSLSocket socket = client.connect(server.port(), V12)) {
      assertThat(echo(socket, "hello")).isEqualTo("hello");
      assertThat(socket.getSession().getProtocol()).isEqualTo(V12);
    }
    try (SSLSocket socket = client.connect(server.port())) {
      assertThat(echo(socket, "hello")).isEqualTo("hello");
      assertThat(socket.getSession().getProtocol()).isEqualTo(V13);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "NATIVE, TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, true",
    "NATIVE, TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256, true",
    "NATIVE, TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256, false",
    "NATIVE, TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA, false",
    "JDK, TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, true",
    "JDK, TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256, false",
  })
  void tls12IsSpokenWithCiphersThatNoticeAChangeOnly(Engine engine, String suite, boolean taken)
      throws Exception {
    serve(engine, MinimumVersion.TLS_1_2);
    try (SSLSocket socket = client.connect(server.port(), V12)) {
      socket.setEnabledCipherSuites(new String[] {suite});
      if (taken) {
        socket.startHandshake();
        assertThat(socket.getSession().getCipherSuite()).isEqualTo(suite);
      } else {
        assertThatThrownBy(socket::startHandshake)
            .isInstanceOf(SSLHandshakeException.class)
            .hasMessageContaining("handshake_failure");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "NATIVE, h2|http/1.1, h2",
    "NATIVE, http/1.1|h2, h2",
    "NATIVE, http/1.1, http/1.1",
    "NATIVE, spdy/3|http/1.1, http/1.1",
    "NATIVE, '', ''",
    "JDK, http/1.1|h2, h2",
    "JDK, http/1.1, http/1.1",
    "JDK, '', ''",
  })
  void theServerPrefersH2(Engine engine, String offered, String chosen) throws Exception {
    serve(engine, MinimumVersion.TLS_1_3);
    String[] protocols = offered.isEmpty() ? new String[0] : offered.split("\\|", -1);
    try (SSLSocket socket = client.connect(server.port(), V13, protocols)) {
      assertThat(echo(socket, "hello")).isEqualTo("hello");
      assertThat(socket.getApplicationProtocol()).isEqualTo(chosen);
    }
    assertThat(Optional.ofNullable(server.nextHandler().applicationProtocol()).orElse(""))
        .isEqualTo(chosen);
  }

  @ParameterizedTest
  @EnumSource
  void noCommonProtocolIsAnAlertAndTheEnd(Engine engine) throws Exception {
    serve(engine, MinimumVersion.TLS_1_2);
    for (String version : List.of(V12, V13)) {
      try (SSLSocket socket = client.connect(server.port(), version, "acme-tls/1", "h3")) {
        assertThatThrownBy(socket::startHandshake)
            .isInstanceOf(SSLHandshakeException.class)
            .hasMessageContaining("no_application_protocol");
      }
    }
    Await.until("they are closed", () -> server.openConnections() == 0);
    assertThat(client.shown()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"NATIVE, TLSv1.2", "NATIVE, TLSv1.3", "JDK, TLSv1.2", "JDK, TLSv1.3"})
  void aSessionIsResumed(Engine engine, String version) throws Exception {
    serve(engine, MinimumVersion.TLS_1_2);
    for (int i = 0; i < 3; i++) {
      exchange(version);
    }
    assertThat(client.shown()).as("full handshakes").hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"NATIVE, TLSv1.2", "NATIVE, TLSv1.3", "JDK, TLSv1.2", "JDK, TLSv1.3"})
  void aTicketIsWorthNothingAtAnotherContext(Engine engine, String version) throws Exception {
    serve(engine, MinimumVersion.TLS_1_2);
    exchange(version);
    serve(engine, MinimumVersion.TLS_1_2);
    exchange(version);
    assertThat(client.shown()).as("full handshakes").hasSize(2);
  }

  @Test
  void anRsaCertificateIsServedToo() throws Exception {
    Issued rsa = new Recipe("rsa").keys(Issued.rsa(2048)).names(TlsClient.HOST).signedByItself();
    for (Engine engine : Engine.values()) {
      serve(engine, MinimumVersion.TLS_1_2, rsa);
      exchange(V12);
      exchange(V13);
    }
    assertThat(client.shown()).hasSize(4).containsOnly(List.of(rsa.certificate()));
  }

  @ParameterizedTest
  @CsvSource({
    "X25519MLKEM768, true",
    "X25519, true",
    "P-256, true",
    "P-384, true",
    "P-521, false",
  })
  void theGroupsAreThoseOfToday(String group, boolean taken) throws Exception {
    serve(Engine.NATIVE, MinimumVersion.TLS_1_3);
    assertThat(shakesHands(group)).isEqualTo(taken);
  }

  @Test
  void anOpenConnectionKeepsTheContextAndTheLastOneFreesIt() throws Exception {
    ServerContext context = serve(Engine.NATIVE, MinimumVersion.TLS_1_3);
    assertThat(context.references()).isEqualTo(1);
    try (SSLSocket first = client.connect(server.port());
        SSLSocket second = client.connect(server.port())) {
      assertThat(echo(first, "hello")).isEqualTo("hello");
      assertThat(echo(second, "hello")).isEqualTo("hello");
      assertThat(context.references()).isEqualTo(3);
      made.remove(context);
      context.release();
      assertThat(context.references()).isEqualTo(2);
      first.shutdownOutput();
      Await.until("one is left", () -> context.references() == 1);
      assertThat(echo(second, "still here")).isEqualTo("still here");
    }
    Await.until("it is freed", () -> context.references() == 0);
    assertThat(context.open(hello(), ByteBufAllocator.DEFAULT))
        .isInstanceOf(Opening.Unavailable.class);
  }

  @Test
  void aHandshakeThatIsBrokenOffKeepsNothing() throws Exception {
    ServerContext context = serve(Engine.NATIVE, MinimumVersion.TLS_1_3);
    try (SSLSocket socket = client.connect(server.port(), V12)) {
      assertThatThrownBy(socket::startHandshake).isInstanceOf(SSLHandshakeException.class);
    }
    Await.until("only the maker holds it", () -> context.references() == 1);
  }

  @Test
  void thereIsNoRenegotiation() throws Exception {
    Openssl.require();
    serve(Engine.NATIVE, MinimumVersion.TLS_1_2);
    String told = Openssl.run(folder, "R\n", sClient("-tls1_2"));
    assertThat(told).contains("RENEGOTIATING").contains("no renegotiation");
  }

  @Test
  void thereIsNoEarlyData() throws Exception {
    Openssl.require();
    serve(Engine.NATIVE, MinimumVersion.TLS_1_3);
    Path data = Files.writeString(folder.resolve("early"), "hello");
    Path session = folder.resolve("session");
    Openssl.runUntil(
        folder, session, "hello\n", sClient("-tls1_3", "-sess_out", session.toString()));
    String told =
        Openssl.run(
            folder,
            "hello\n",
            sClient("-tls1_3", "-sess_in", session.toString(), "-early_data", data.toString()));
    assertThat(told).contains("Reused, TLSv1.3").doesNotContain("Early data was accepted");
  }

  @Test
  void theNativeEngineIsTheBestOneOfThisMachine() {
    assertThat(Engine.best()).isEqualTo(Engine.NATIVE);
  }

  private String[] sClient(String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("s_client", "-connect", "127.0.0.1:" + server.port()));
    arguments.addAll(List.of("-servername", TlsClient.HOST));
    arguments.addAll(List.of(more));
    return arguments.toArray(String[]::new);
  }

  private ServerContext serve(Engine engine, MinimumVersion minimum) throws Exception {
    return serve(engine, minimum, leaf, intermediate);
  }

  private ServerContext serve(Engine engine, MinimumVersion minimum, Issued... chain)
      throws Exception {
    CertificatePair pair =
        new CertificatePair(
            List.of(chain).stream().map(Issued::certificate).toList(), chain[0].key());
    ServerContext context = ServerContext.of(pair, engine, minimum);
    made.add(context);
    present.set(context);
    return context;
  }

  private void exchange(String version) throws Exception {
    try (SSLSocket socket = client.connect(server.port(), version)) {
      assertThat(echo(socket, "hello")).isEqualTo("hello");
    }
  }

  private static ClientHello hello() {
    return new ClientHello(Optional.empty(), List.of(), List.of(), false);
  }

  /** The JDK's client does not know all groups. */
  private boolean shakesHands(String group) throws Exception {
    SslContext only =
        SslContextBuilder.forClient()
            .sslProvider(SslProvider.OPENSSL_REFCNT)
            .protocols(V13)
            .option(OpenSslContextOption.GROUPS, new String[] {group})
            .trustManager(InsecureTrustManagerFactory.INSTANCE)
            .endpointIdentificationAlgorithm(null)
            .build();
    var loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    try {
      SslHandler handler = only.newHandler(ByteBufAllocator.DEFAULT);
      var connected =
          new Bootstrap()
              .group(loops)
              .channel(NioSocketChannel.class)
              .handler(
                  new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                      channel.pipeline().addLast(handler);
                    }
                  })
              .connect(InetAddress.getLoopbackAddress(), server.port())
              .sync();
      boolean done = handler.handshakeFuture().await().isSuccess();
      connected.channel().close().sync();
      return done;
    } finally {
      loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
      ReferenceCountUtil.release(only);
    }
  }
}
