package dev.gatehouse.proxy.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.net.loop.Transport;
import dev.gatehouse.proxy.Backend;
import dev.gatehouse.proxy.Hellos;
import dev.gatehouse.proxy.RunningProxy;
import dev.gatehouse.testkit.LeakGuard;
import dev.gatehouse.wire.Bytes;
import dev.gatehouse.wire.Decoded;
import dev.gatehouse.wire.proxyprotocol.ProxyHeader;
import dev.gatehouse.wire.proxyprotocol.ProxyHeaderDecoder;
import dev.gatehouse.wire.proxyprotocol.Tlv;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.net.InetAddress;
import java.net.Socket;
import java.util.HexFormat;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a backend is told of its client, section 2.2 of the PROXY protocol. */
@ExtendWith(LeakGuard.class)
class BackendHeaderTest {

  private static final byte[] HELLO = Hellos.named("git.example.org");

  private final BlockingQueue<byte[]> received = new LinkedBlockingQueue<>();

  private record Told(ProxyHeader.Relayed header, Bytes rest) {}

  @Test
  void theHeaderComesBeforeTheHelloAndNamesBothEndsOfTheClientsConnection() throws Exception {
    try (Backend backend = backend();
        RunningProxy proxy = proxy(backend, "", "send_proxy_protocol = true")) {
      Told told;
      int port;
      try (Socket client = proxy.connect()) {
        port = client.getLocalPort();
        told = told(client, HELLO);
      }
      assertThat(told.header().source()).hasToString("127.0.0.1:" + port);
      assertThat(told.header().destination()).hasToString("127.0.0.1:" + proxy.port(0));
      assertThat(told.header().tlvs()).isEmpty();
      assertThat(told.rest()).isEqualTo(Bytes.of(HELLO));
    }
  }

  @Test
  void withoutTheKeyTheBackendHearsTheClientAlone() throws Exception {
    try (Backend backend = backend();
        RunningProxy proxy = proxy(backend, "", "");
        Socket client = proxy.connect()) {
      client.getOutputStream().write(HELLO);
      client.shutdownOutput();
      assertThat(received.poll(10, TimeUnit.SECONDS)).isEqualTo(HELLO);
    }
  }

  @Test
  void theHeaderTellsWhatIsAskedForInItsOrderTheChecksumLast() throws Exception {
    String keys =
        """
        send_proxy_protocol = true
        send_proxy_tlvs = ["crc32c", "unique_id", "alpn", "authority"]
        """;
    try (Backend backend = backend();
        RunningProxy proxy = proxy(backend, "", keys);
        Socket client = proxy.connect()) {
      Told told = told(client, helloWithAlpn());
      assertThat(told.header().tlvs())
          .extracting(Tlv::type)
          .containsExactly(Tlv.AUTHORITY, Tlv.ALPN, Tlv.UNIQUE_ID);
      assertThat(told.header().tlvs().get(0).value()).isEqualTo(Bytes.utf8("git.example.org"));
      assertThat(told.header().tlvs().get(1).value()).isEqualTo(Bytes.utf8("h2"));
      assertThat(told.header().tlvs().get(2).value().length()).isEqualTo(16);
      // the decoder has compared the checksum, which ends the header before the hello
      assertThat(told.rest()).isEqualTo(Bytes.of(helloWithAlpn()));
    }
  }

  @Test
  void whatAProxyBeforeUsHasSaidOfTheClientIsPassedOn() throws Exception {
    String keys = "send_proxy_protocol = true\nsend_proxy_tlvs = [\"unique_id\"]";
    try (Backend backend = backend();
        RunningProxy proxy =
            proxy(backend, "proxy_protocol = true\ntrusted_proxies = [\"127.0.0.0/8\"]", keys);
        Socket edge = proxy.connect()) {
      // PROXY, IPv4, 192.0.2.10:56324 to 198.51.100.7:443, a UNIQUE_ID of three bytes
      edge.getOutputStream()
          .write(
              HexFormat.of()
                  .parseHex(
                      "0d0a0d0a000d0a515549540a21110012c000020ac6336407dc0401bb050003616263"));
      Told told = told(edge, HELLO);
      assertThat(told.header().source()).hasToString("192.0.2.10:56324");
      assertThat(told.header().destination()).hasToString("198.51.100.7:443");
      assertThat(told.header().tlvs()).containsExactly(new Tlv(Tlv.UNIQUE_ID, Bytes.utf8("abc")));
    }
  }

  @Test
  void aProxyThatSpeaksForItselfIsTheClient() throws Exception {
    try (Backend backend = backend();
        RunningProxy proxy =
            proxy(
                backend,
                "proxy_protocol = true\ntrusted_proxies = [\"127.0.0.0/8\"]",
                "send_proxy_protocol = true");
        Socket edge = proxy.connect()) {
      edge.getOutputStream().write(HexFormat.of().parseHex("0d0a0d0a000d0a515549540a20000000"));
      Told told = told(edge, HELLO);
      assertThat(told.header().source()).hasToString("127.0.0.1:" + edge.getLocalPort());
      assertThat(told.header().destination()).hasToString("127.0.0.1:" + proxy.port(0));
    }
  }

  private Backend backend() throws Exception {
    return new Backend(socket -> received.add(socket.getInputStream().readAllBytes()));
  }

  private Told told(Socket client, byte[] hello) throws Exception {
    client.getOutputStream().write(hello);
    client.shutdownOutput();
    byte[] bytes = received.poll(10, TimeUnit.SECONDS);
    assertThat(bytes).isNotNull();
    ByteBuf in = Unpooled.wrappedBuffer(bytes);
    Decoded<ProxyHeader> decoded = ProxyHeaderDecoder.decode(in);
    assertThat(decoded).isInstanceOf(Decoded.Complete.class);
    ProxyHeader header = ((Decoded.Complete<ProxyHeader>) decoded).value();
    return new Told((ProxyHeader.Relayed) header, Bytes.of(ByteBufUtil.getBytes(in)));
  }

  /** The same name, and h2 before http/1.1. */
  private static byte[] helloWithAlpn() {
    return HexFormat.of()
        .parseHex(
            "16030100800100007c0303000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d"
                + "1e1f0000041301c02b0100004f00000014001200000f6769742e6578616d706c652e6f7267000a"
                + "00060004001d0017000d000800060403080404010010000e000c02683208687474702f312e3100"
                + "2b00050403040303003300020000");
  }

  private static RunningProxy proxy(Backend backend, String ofListener, String ofRoute)
      throws Exception {
    String any = InetAddress.getLoopbackAddress().getHostAddress();
    return new RunningProxy(
        Transport.AUTO,
        """
        [[proxy.listeners]]
        addr = "%s:1"
        %s
        [[proxy.listeners.routes]]
        hostname = "git.example.org"
        backend = "%s"
        %s
        """
            .formatted(any, ofListener, backend.address(), ofRoute));
  }
}
