package dev.gatehouse.tracker.request;

import static dev.gatehouse.tracker.request.Announces.announce;
import static dev.gatehouse.tracker.request.Announces.endpoint;
import static dev.gatehouse.tracker.request.Announces.id;
import static dev.gatehouse.tracker.request.Announces.torrent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.address.AddressFamily;
import dev.gatehouse.testkit.Hex;
import dev.gatehouse.wire.tracker.InfoHash;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AnnounceTest {

  @Test
  void keepsEndpointsAsAnswersSpellThem() {
    Announce announce =
        announce(torrent(1), id(1), Change.SEED, endpoint("1.2.3.4:6881"), endpoint("[::1]:65535"));
    assertThat(announce.addresses()).isEqualTo(2);
    assertThat(announce.primaryFamily()).isEqualTo(AddressFamily.IPV4);
    assertThat(announce.family(1)).isEqualTo(AddressFamily.IPV6);
    assertThat(Hex.text(Arrays.copyOf(announce.endpoint(0), 6))).isEqualTo("010203041ae1");
    assertThat(Hex.text(announce.endpoint(1))).isEqualTo("0".repeat(31) + "1ffff");
  }

  @Test
  void anAddressThatIsThereIsNotAddedAgain() {
    Announce announce =
        announce(
            torrent(1),
            id(1),
            Change.SEED,
            endpoint("1.2.3.4:1"),
            endpoint("[::1]:1"),
            endpoint("1.2.3.4:1"),
            endpoint("[::1]:1"));
    assertThat(announce.addresses()).isEqualTo(2);
    announce.clearAddresses();
    announce.addAddress(AddressFamily.IPV6, 0, 1, 1);
    assertThat(announce.addresses()).isEqualTo(1);
    assertThat(announce.primaryFamily()).isEqualTo(AddressFamily.IPV6);
  }

  @Test
  void takesHashAndIdFromADatagram() {
    byte[] bytes = Hex.bytes("ff 000102030405060708090a0b0c0d0e0f10111213");
    ByteBuf datagram = Unpooled.wrappedBuffer(bytes);
    Announce announce = new Announce();
    announce.torrent(datagram, 1);
    announce.peer(datagram, 1);
    assertThat(InfoHash.v1(announce.first(), announce.second(), announce.tail()))
        .isEqualTo(InfoHash.v1(datagram, 1));
    assertThat(announce.id()).isEqualTo(Arrays.copyOfRange(bytes, 1, 21));
    assertThat(announce.isOwnId(bytes, 1)).isTrue();
    bytes[1]++;
    assertThat(announce.isOwnId(bytes, 1)).isFalse();
    bytes[1]--;
    bytes[20]++;
    assertThat(announce.isOwnId(bytes, 1)).isFalse();
  }

  @Test
  void knowsItsPeerByEndpoint() {
    Announce announce = announce(torrent(1), id(1), Change.SEED, endpoint("1.2.3.4:5"));
    byte[] endpoints = Hex.bytes("010203040005 010203040006 090203040005");
    assertThat(announce.isOwnEndpoint(AddressFamily.IPV4, endpoints, 0)).isTrue();
    assertThat(announce.isOwnEndpoint(AddressFamily.IPV4, endpoints, 6)).isFalse();
    assertThat(announce.isOwnEndpoint(AddressFamily.IPV4, endpoints, 12)).isFalse();
  }

  @Test
  void marksOfIdsDifferAsARule() {
    Set<Byte> marks = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      marks.add(announce(torrent(1), id(i), Change.SEED, endpoint("1.2.3.4:5")).idMark());
    }
    assertThat(marks).hasSizeGreaterThan(50);
  }

  @Test
  void anAddressOfTheOtherFamilyIsAnother() {
    Announce announce = announce(torrent(1), id(1), Change.SEED, endpoint("1.2.3.4:5"));
    byte[] endpoint = Hex.bytes("010203040005000000000000010203040005");
    assertThat(announce.isOwnEndpoint(AddressFamily.IPV6, endpoint, 0)).isFalse();
  }

  @Test
  void whoLeavesWantsNobody() {
    Announce announce = new Announce();
    announce.asks(Change.STOP, false, 50);
    assertThat(announce.numWant()).isZero();
    announce.asks(Change.LEECH, false, 50);
    assertThat(announce.numWant()).isEqualTo(50);
  }
}
