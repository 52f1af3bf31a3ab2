package dev.gatehouse.wire.tracker.udp;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.address.AddressFamily;
import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.testkit.Hex;
import dev.gatehouse.wire.tracker.PeerId;
import dev.gatehouse.wire.tracker.PeerList;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

class UdpRepliesTest {

  private final ByteBuf out = Unpooled.buffer();

  @Test
  void answersAConnect() {
    UdpReplies.writeConnect(out, 0x55, 0x1122334455667788L);
    assertWritten("00000000 00000055 1122334455667788");
  }

  @Test
  void answersAnAnnounce() {
    UdpReplies.writeAnnounce(out, false, 0x55, 1800, 2, 1);
    UdpReplies.writePeers(out, peers("1.2.3.4", 6881), 50);
    assertWritten("00000001 00000055 00000708 00000002 00000001 01020304 1ae1");
  }

  @Test
  void answersTheOldFormInItsOwnAction() {
    UdpReplies.writeAnnounce(out, true, 0x55, 1800, 2, 1);
    UdpReplies.writePeers(out, peers("2001:db8::1", 6881), 50);
    assertWritten(
        "00000004 00000055 00000708 00000002 00000001 20010db8000000000000000000000001 1ae1");
  }

  @Test
  void writesNoMorePeersThanHaveRoom() {
    PeerList peers = peers("1.2.3.4", 1);
    peers.add(new Endpoint(IpAddress.parse("5.6.7.8").orElseThrow(), 2), new PeerId(0, 0, 0));
    UdpReplies.writePeers(out, peers, 1);
    assertWritten("01020304 0001");
    assertThat(UdpReplies.peersIn(AddressFamily.IPV4, 1400)).isEqualTo(230);
    assertThat(UdpReplies.peersIn(AddressFamily.IPV6, 1400)).isEqualTo(76);
  }

  @Test
  void answersAScrape() {
    UdpReplies.writeScrape(out, 0x55);
    UdpReplies.writeScraped(out, 1, 3, 2);
    assertWritten("00000002 00000055 00000001 00000003 00000002");
  }

  @Test
  void countsThatAreTooLargeAreCut() {
    UdpReplies.writeScraped(out, Integer.MAX_VALUE, 1L << 31, Long.MAX_VALUE);
    assertWritten("7fffffff 7fffffff 7fffffff");
  }

  @Test
  void anErrorEndsInANul() {
    UdpReplies.writeError(out, 0x55, "bad connection ID".getBytes(US_ASCII));
    assertWritten("00000003 00000055 62616420636f6e6e656374696f6e204944 00");
    assertThat(out.readableBytes()).isEqualTo(26);
  }

  private void assertWritten(String hex) {
    assertThat(out).isEqualTo(Unpooled.wrappedBuffer(Hex.bytes(hex)));
  }

  private static PeerList peers(String address, int port) {
    IpAddress ip = IpAddress.parse(address).orElseThrow();
    PeerList peers = new PeerList(ip.family());
    peers.add(new Endpoint(ip, port), new PeerId(1, 2, 3));
    return peers;
  }
}
