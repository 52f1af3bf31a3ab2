package dev.gatehouse.wire.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.address.AddressFamily;
import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.wire.Bytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class PeerListTest {

  private static final PeerId ID = PeerId.parse(Bytes.utf8("-TR3000-wnn58mba0mzp")).orElseThrow();

  @Test
  void keepsEndpointsAsTheyAreWritten() {
    PeerList peers = new PeerList(AddressFamily.IPV6);
    Endpoint endpoint = endpoint("2001:db8::1", 65535);
    peers.add(endpoint, ID);
    assertThat(peers.endpoint(0)).isEqualTo(endpoint);
    ByteBuf out = Unpooled.buffer();
    peers.writeCompact(out, 1);
    assertThat(ByteBufUtil.hexDump(out)).isEqualTo("20010db8000000000000000000000001ffff");
    peers.writeId(out.clear(), 0);
    assertThat(PeerId.read(out, 0)).isEqualTo(ID);
  }

  @Test
  void growsAsItMust() {
    PeerList peers = new PeerList(AddressFamily.IPV4);
    for (int i = 0; i < 300; i++) {
      peers.add(endpoint("10.0.0.1", i), new PeerId(i, 0, 0));
    }
    assertThat(peers.size()).isEqualTo(300);
    for (int i = 0; i < 300; i++) {
      assertThat(peers.endpoint(i).port()).isEqualTo(i);
      ByteBuf out = Unpooled.buffer();
      peers.writeId(out, i);
      assertThat(PeerId.read(out, 0)).isEqualTo(new PeerId(i, 0, 0));
    }
    peers.clear();
    assertThat(peers.size()).isZero();
  }

  @Test
  void takesPeersThatLieSideBySide() {
    byte[] endpoints = HexFormat.of().parseHex("010203040001" + "010203040002" + "010203040003");
    byte[] ids = new byte[60];
    ids[20] = 2;
    ids[40] = 3;
    PeerList peers = new PeerList(AddressFamily.IPV4);
    peers.add(endpoints, ids, 1, 2);
    assertThat(peers.size()).isEqualTo(2);
    assertThat(peers.endpoint(0)).isEqualTo(endpoint("1.2.3.4", 2));
    assertThat(peers.endpoint(1)).isEqualTo(endpoint("1.2.3.4", 3));
    ByteBuf out = Unpooled.buffer();
    peers.writeId(out, 1);
    assertThat(out.getByte(0)).isEqualTo((byte) 3);
  }

  @Test
  void anIdHas20Bytes() {
    assertThat(PeerId.parse(Bytes.utf8("1234567890123456789"))).isEmpty();
    assertThat(PeerId.parse(Bytes.utf8("123456789012345678901"))).isEmpty();
    assertThat(ID).hasToString("2d5452333030302d776e6e35386d6261306d7a70");
    assertThat(PeerId.parse(Bytes.of(ID.bytes()))).contains(ID);
  }

  private static Endpoint endpoint(String address, int port) {
    return new Endpoint(IpAddress.parse(address).orElseThrow(), port);
  }
}
