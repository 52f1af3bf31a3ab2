package dev.gatehouse.net.tls.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.kernel.time.Ticker;
import dev.gatehouse.net.tls.SelfSigned;
import dev.gatehouse.net.tls.ServerContext.Engine;
import dev.gatehouse.testkit.LeakGuard;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.ReferenceCountUtil;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Handshakes with a server for {@code localhost} that vouches for itself.
 *
 * <p>Nobody looks for leaks here: the native engine keeps the sessions of a client until the
 * context that they belong to is collected.
 */
@Timeout(60)
@ExtendWith(LeakGuard.class)
class ClientContextsTest {

  private static final List<String> BOTH = List.of("h2", "http/1.1");
  private static final Trust ANYBODY = new Trust(false, Optional.empty());
  private static final Trust PLATFORM = new Trust(true, Optional.empty());

  @TempDir private Path folder = Path.of("");

  private final List<ClientContexts> made = new ArrayList<>();
  private String version = "";
  private SelfSigned pair;
  private Trust own;
  private SslContext server;

  @BeforeEach
  void make() throws Exception {
    pair = SelfSigned.forLocalhost(folder, Ticker.system().now());
    own = new Trust(true, Optional.of(pair.certificate()));
    server =
        SslContextBuilder.forServer(pair.certificate().toFile(), pair.key().toFile())
            .sslProvider(SslProvider.JDK)
            .applicationProtocolConfig(
                new ApplicationProtocolConfig(
                    Protocol.ALPN,
                    SelectorFailureBehavior.NO_ADVERTISE,
                    SelectedListenerFailureBehavior.ACCEPT,
                    BOTH))
            .build();
  }

  @AfterEach
  void close() {
    made.forEach(ClientContexts::close);
  }

  @ParameterizedTest
  @EnumSource
  void aServerThatProvesItsNameIsBelieved(Engine engine) throws Exception {
    SslHandler client = shaken(engine, own, BOTH, "localhost");
    assertThat(client.handshakeFuture().isSuccess()).isTrue();
    assertThat(version).isEqualTo("TLSv1.3");
  }

  @ParameterizedTest
  @EnumSource
  void anAddressCanBeProvedToo(Engine engine) throws Exception {
    assertThat(shaken(engine, own, BOTH, "127.0.0.1").handshakeFuture().isSuccess()).isTrue();
    assertThat(shaken(engine, own, BOTH, "127.0.0.9").handshakeFuture().isSuccess()).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void aServerOfAnotherNameIsNotBelieved(Engine engine) throws Exception {
    SslHandler client = shaken(engine, own, BOTH, "www.example.org");
    assertThat(client.handshakeFuture().isSuccess()).isFalse();
    assertThat(client.handshakeFuture().cause()).isInstanceOf(SSLException.class);
  }

  @ParameterizedTest
  @EnumSource
  void whoVouchesForItselfIsNobodyToThePlatform(Engine engine) throws Exception {
    assertThat(shaken(engine, PLATFORM, BOTH, "localhost").handshakeFuture().isSuccess()).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void whereNothingIsToBeProvedEverybodyIsBelieved(Engine engine) throws Exception {
    SslHandler client = shaken(engine, ANYBODY, BOTH, "www.example.org");
    assertThat(client.handshakeFuture().isSuccess()).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void theBestProtocolThatBothKnowIsChosen(Engine engine) throws Exception {
    assertThat(shaken(engine, own, BOTH, "localhost").applicationProtocol()).isEqualTo("h2");
    assertThat(shaken(engine, own, List.of("http/1.1"), "localhost").applicationProtocol())
        .isEqualTo("http/1.1");
  }

  @ParameterizedTest
  @EnumSource
  void whatWasNotPreparedIsNotThere(Engine engine) throws Exception {
    ClientContexts contexts = contexts(engine);
    contexts.prepare(own, BOTH);
    assertThat(open(contexts, own, List.of("h2"), "localhost")).isEmpty();
    assertThat(open(contexts, ANYBODY, BOTH, "localhost")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void aFileWithoutCertificatesIsNamedAndWhatWasReadyStays(Engine engine) throws Exception {
    ClientContexts contexts = contexts(engine);
    contexts.prepare(own, BOTH);
    Files.writeString(pair.certificate(), "nothing\n");
    assertThatThrownBy(() -> contexts.prepare(own, BOTH))
        .isInstanceOf(SSLException.class)
        .hasMessage(
            pair.certificate()
                + ": no certificates of authorities (expected: a file of certificates in PEM)");
    SslHandler client = open(contexts, own, BOTH, "localhost").orElseThrow();
    shake(client);
    assertThat(client.handshakeFuture().isSuccess()).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void aFileThatIsMissingIsNamed(Engine engine) {
    Path missing = folder.resolve("missing.pem");
    assertThatThrownBy(() -> contexts(engine).prepare(new Trust(true, Optional.of(missing)), BOTH))
        .isInstanceOf(SSLException.class)
        .hasMessageContaining("missing.pem: no certificates");
  }

  @Test
  void aFileThatHasChangedIsReadAgainWhenItIsPreparedAgain() throws Exception {
    ClientContexts contexts = contexts(Engine.JDK);
    contexts.prepare(own, BOTH);
    Path elsewhere = Files.createDirectory(folder.resolve("other"));
    SelfSigned other = SelfSigned.forLocalhost(elsewhere, Ticker.system().now());
    Files.writeString(pair.certificate(), Files.readString(other.certificate()));
    contexts.prepare(own, BOTH);
    SslHandler client = open(contexts, own, BOTH, "localhost").orElseThrow();
    shake(client);
    assertThat(client.handshakeFuture().isSuccess()).isFalse();
  }

  private ClientContexts contexts(Engine engine) {
    ClientContexts one = new ClientContexts(engine);
    made.add(one);
    return one;
  }

  private SslHandler shaken(Engine engine, Trust trust, List<String> protocols, String name)
      throws SSLException {
    ClientContexts contexts = contexts(engine);
    contexts.prepare(trust, protocols);
    SslHandler client = open(contexts, trust, protocols, name).orElseThrow();
    shake(client);
    return client;
  }

  private static Optional<SslHandler> open(
      ClientContexts contexts, Trust trust, List<String> protocols, String name) {
    return contexts.open(trust, protocols, name, 443, ByteBufAllocator.DEFAULT);
  }

  /** Carries bytes between both sides until neither has any. */
  private void shake(SslHandler client) {
    EmbeddedChannel near = new EmbeddedChannel(client);
    EmbeddedChannel far = new EmbeddedChannel(server.newHandler(ByteBufAllocator.DEFAULT));
    while (carry(near, far) || carry(far, near)) {
      // as long as there is something
    }
    version = client.engine().getSession().getProtocol();
    drop(near);
    drop(far);
  }

  private static boolean carry(EmbeddedChannel from, EmbeddedChannel to) {
    Object message = from.readOutbound();
    if (message == null) {
      return false;
    }
    if (!to.isOpen()) {
      return ReferenceCountUtil.release(message);
    }
    try {
      to.writeInbound(message);
    } catch (Exception refused) {
      assertThat(refused).hasStackTraceContaining("SSL");
    }
    return true;
  }

  private static void drop(EmbeddedChannel channel) {
    try {
      channel.finishAndReleaseAll();
    } catch (Exception refused) {
      assertThat(refused).hasStackTraceContaining("SSL");
    }
  }
}
