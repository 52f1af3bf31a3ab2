package dev.gatehouse.proxy.upstream.pool;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.time.Ticker;
import dev.gatehouse.net.loop.Transport;
import dev.gatehouse.net.tls.SelfSigned;
import dev.gatehouse.proxy.Backend;
import dev.gatehouse.proxy.RunningProxy;
import dev.gatehouse.proxy.TlsPeer;
import dev.gatehouse.testkit.LeakGuard;
import dev.gatehouse.wire.Bytes;
import dev.gatehouse.wire.Decoded;
import dev.gatehouse.wire.proxyprotocol.ProxyHeader;
import dev.gatehouse.wire.proxyprotocol.ProxyHeaderDecoder;
import dev.gatehouse.wire.proxyprotocol.Tlv;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What backends of HTTP are told of their clients before anything else is said. */
@Timeout(60)
@ExtendWith(LeakGuard.class)
class HeaderOfTerminatedRoutesTest {

  private static final String GET = "GET / HTTP/1.1$Host: localhost$$".replace("$", "\r\n");
  private static final String LAST = "GET / HTTP/1.1$Host: localhost$Connection: close$$";
  private static final byte[] OK =
      "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".getBytes(ISO_8859_1);

  /** The signature, and the four bytes behind it of which the last two are the length. */
  private static final int FIXED = 16;

  @TempDir private Path folder = Path.of("");

  private final BlockingQueue<ProxyHeader.Relayed> headers = new LinkedBlockingQueue<>();
  private final BlockingQueue<Byte> firstAfterHeader = new LinkedBlockingQueue<>();
  private SelfSigned pair;
  private Backend backend;

  @BeforeEach
  void start() throws Exception {
    pair = SelfSigned.forLocalhost(folder, Ticker.system().now());
    backend = new Backend(this::serve);
  }

  @AfterEach
  void stop() throws IOException {
    backend.close();
  }

  @Test
  void theHeaderComesBeforeTheRequestAndNamesTheClient() throws Exception {
    try (RunningProxy proxy = proxy("");
        SSLSocket client = TlsPeer.trusting().over(proxy.connect(), "localhost")) {
      assertThat(TlsPeer.ask(client, LAST)).startsWith("HTTP/1.1 200 OK$");
      ProxyHeader.Relayed told = header();
      assertThat(told.source()).hasToString("127.0.0.1:" + client.getLocalPort());
      assertThat(told.destination()).hasToString("127.0.0.1:" + proxy.port(0));
      assertThat(told.tlvs()).isEmpty();
      assertThat(firstAfterHeader.poll(10, TimeUnit.SECONDS)).isEqualTo((byte) 'G');
    }
  }

  @Test
  void itTellsWhatWasAgreedOnWithTheClientInTheOrderOfTheList() throws Exception {
    String tlvs = "send_proxy_tlvs = [\"crc32c\", \"ssl\", \"unique_id\", \"alpn\", \"authority\"]";
    try (RunningProxy proxy = proxy(tlvs);
        SSLSocket client =
            TlsPeer.trusting().over(proxy.connect(), "localhost", "other", "http/1.1")) {
      assertThat(TlsPeer.ask(client, LAST)).startsWith("HTTP/1.1 200 OK$");
      List<Tlv> told = header().tlvs();
      assertThat(told)
          .extracting(Tlv::type)
          .containsExactly(Tlv.AUTHORITY, Tlv.ALPN, Tlv.UNIQUE_ID, Tlv.SSL);
      assertThat(told.get(0).value()).isEqualTo(Bytes.utf8("localhost"));
      assertThat(told.get(1).value()).isEqualTo(Bytes.utf8("http/1.1"));
      assertThat(told.get(3)).isEqualTo(Tlv.ssl("TLSv1.3", client.getSession().getCipherSuite()));
    }
  }

  @Test
  void itComesBeforeTheHandshakeWithABackendThatSpeaksTls() throws Exception {
    try (RunningProxy proxy = proxy("backend_tls = true\nbackend_tls_verify = false");
        SSLSocket client = TlsPeer.trusting().over(proxy.connect(), "localhost")) {
      client.getOutputStream().write(GET.getBytes(ISO_8859_1));
      assertThat(header().source()).hasToString("127.0.0.1:" + client.getLocalPort());
      assertThat(firstAfterHeader.poll(10, TimeUnit.SECONDS)).isEqualTo((byte) 0x16);
    }
  }

  @Test
  void aConnectionServesItsOneClientAndEndsWithIt() throws Exception {
    try (RunningProxy proxy = proxy("")) {
      int first;
      try (SSLSocket client = TlsPeer.trusting().over(proxy.connect(), "localhost")) {
        first = client.getLocalPort();
        ask(client);
        ask(client);
      }
      assertThat(header().source().port()).isEqualTo(first);
      backend.awaitServed();
      try (SSLSocket other = TlsPeer.trusting().over(proxy.connect(), "localhost")) {
        ask(other);
        assertThat(header().source().port()).isEqualTo(other.getLocalPort());
      }
      assertThat(backend.connections()).isEqualTo(2);
    }
  }

  private static void ask(SSLSocket client) throws IOException {
    client.getOutputStream().write(GET.getBytes(ISO_8859_1));
    StringBuilder response = new StringBuilder();
    while (!response.toString().endsWith("\r\n\r\nok")) {
      int next = client.getInputStream().read();
      assertThat(next).as(response.toString()).isNotNegative();
      response.append((char) next);
    }
  }

  private ProxyHeader.Relayed header() throws InterruptedException {
    ProxyHeader.Relayed header = headers.poll(10, TimeUnit.SECONDS);
    assertThat(header).isNotNull();
    return header;
  }

  /** Reads the header, then answers each request, or gives up on what is none. */
  private void serve(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    byte[] fixed = in.readNBytes(FIXED);
    int length = ((fixed[14] & 0xff) << 8) | (fixed[15] & 0xff);
    headers.add(decoded(Unpooled.wrappedBuffer(fixed, in.readNBytes(length))));
    int first = in.read();
    firstAfterHeader.add((byte) first);
    while (first == 'G') {
      skipHead(in);
      socket.getOutputStream().write(OK);
      first = in.read();
    }
  }

  private static ProxyHeader.Relayed decoded(ByteBuf bytes) {
    Decoded<ProxyHeader> decoded = ProxyHeaderDecoder.decode(bytes);
    assertThat(decoded).as(ByteBufUtil.hexDump(bytes)).isInstanceOf(Decoded.Complete.class);
    return (ProxyHeader.Relayed) ((Decoded.Complete<ProxyHeader>) decoded).value();
  }

  private static void skipHead(InputStream in) throws IOException {
    int last = 0;
    while (last != 0x0d0a0d0a) {
      last = (last << 8) | in.read();
    }
  }

  private RunningProxy proxy(String ofRoute) throws Exception {
    return new RunningProxy(
        Transport.AUTO,
        """
        [[proxy.listeners]]
        addr = "127.0.0.1:1"
        [[proxy.listeners.routes]]
        hostname = "localhost"
        mode = "l7"
        backend = "%s"
        backend_protocol = "h1"
        tls_cert = "%s"
        tls_key = "%s"
        send_proxy_protocol = true
        %s
        """
            .formatted(backend.address(), pair.certificate(), pair.key(), ofRoute));
  }
}
