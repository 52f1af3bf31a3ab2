package dev.gatehouse.wire.tracker.udp;

import static dev.gatehouse.wire.tracker.udp.Datagrams.buffer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.address.AddressFamily;
import dev.gatehouse.wire.Bytes;
import dev.gatehouse.wire.tracker.Event;
import dev.gatehouse.wire.tracker.InfoHash;
import dev.gatehouse.wire.tracker.PeerId;
import dev.gatehouse.wire.tracker.RequestFault;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UdpAnnounceTest {

  private final UdpAnnounce announce = new UdpAnnounce();

  @Test
  void readsWhatAria2Sends() {
    assertThat(announce.read(buffer(Datagrams.ARIA2))).isEmpty();
    assertThat(announce.infoHash()).hasToString("183fd175acab987137acca90346f8268e559c1ec");
    assertThat(announce.peerId()).hasToString("41322d312d33362d302d71df48c98cff683c7d74");
    assertThat(announce.event()).isEqualTo(Event.STARTED);
    assertThat(announce.numWant()).isEqualTo(50);
    assertThat(announce.port()).isEqualTo(16883);
    assertThat(announce.isWide()).isFalse();
    assertThat(announce.claimedFamily()).isEqualTo(AddressFamily.IPV4);
    assertThat(announce.claimedLow()).isZero();
    assertThat(announce.parameters().size()).isZero();
  }

  @Test
  void readsWhatLibtorrentSends() {
    assertThat(announce.read(buffer(Datagrams.LIBTORRENT))).isEmpty();
    assertThat(announce.numWant()).isEqualTo(200);
    assertThat(announce.port()).isEqualTo(16900);
    assertThat(announce.parameters().get("key")).contains(Bytes.utf8("abc"));
  }

  @Test
  void readsTheOldFormWithItsLongAddress() {
    assertThat(announce.read(buffer(Datagrams.WIDE))).isEmpty();
    assertThat(announce.isWide()).isTrue();
    assertThat(announce.claimedFamily()).isEqualTo(AddressFamily.IPV6);
    assertThat(announce.claimedHigh()).isEqualTo(0x2001_0db8_0000_0000L);
    assertThat(announce.claimedLow()).isEqualTo(7);
    assertThat(announce.event()).isEqualTo(Event.COMPLETED);
    assertThat(announce.downloaded()).isEqualTo(1);
    assertThat(announce.left()).isEqualTo(2);
    assertThat(announce.uploaded()).isEqualTo(3);
    assertThat(announce.numWant()).isEqualTo(0xffff_ffffL);
    assertThat(announce.port()).isEqualTo(6881);
  }

  @Test
  void readsTheShortAddress() {
    ByteBuf datagram = buffer(Datagrams.ARIA2);
    datagram.setInt(84, 0xfe_dc_ba_98);
    assertThat(announce.read(datagram)).isEmpty();
    assertThat(announce.claimedHigh()).isZero();
    assertThat(announce.claimedLow()).isEqualTo(0xfedcba98L);
  }

  @Test
  void readsFromWhereverTheDatagramBegins() {
    ByteBuf datagram = Unpooled.wrappedBuffer(new byte[7], buffer(Datagrams.LIBTORRENT).array());
    datagram.skipBytes(7);
    assertThat(announce.read(datagram)).isEmpty();
    assertThat(announce.port()).isEqualTo(16900);
    assertThat(announce.parameters().get("key")).contains(Bytes.utf8("abc"));
    assertThat(InfoHash.v1(datagram, announce.infoHashIndex())).isEqualTo(announce.infoHash());
    assertThat(PeerId.read(datagram, announce.peerIdIndex())).isEqualTo(announce.peerId());
    assertThat(datagram.readerIndex()).isEqualTo(7);
  }

  @Test
  void isUsedAgainAndForgetsTheLastOne() {
    announce.read(buffer(Datagrams.LIBTORRENT));
    announce.read(buffer(Datagrams.ARIA2));
    assertThat(announce.parameters().size()).isZero();
    assertThat(announce.port()).isEqualTo(16883);
  }

  @ParameterizedTest
  @ValueSource(strings = {Datagrams.ARIA2, Datagrams.WIDE})
  void everyDatagramThatIsTooShortIsMalformed(String hex) {
    ByteBuf whole = buffer(hex);
    int least = hex.equals(Datagrams.WIDE) ? 110 : 98;
    for (int length = 16; length < least; length++) {
      assertThat(announce.read(whole.slice(0, length)))
          .as("%d bytes", length)
          .contains(RequestFault.MALFORMED_PACKET);
    }
    assertThat(announce.read(whole.slice(0, least))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 0x100, 0x0100_0002, -1})
  void refusesEventsThatItDoesNotKnow(int event) {
    ByteBuf datagram = buffer(Datagrams.ARIA2);
    datagram.setInt(80, event);
    assertThat(announce.read(datagram)).contains(RequestFault.UNKNOWN_EVENT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "02 05 \"/?a=b\" | b",
        "02 08 \"/c/d?a=b\" | b",
        "02 02 \"/?\" 02 03 \"a=b\" | b",
        "02 09 \"/?a=b%20c\" | b c",
        "02 05 \"/?a=%\" 02 02 \"41\" | A",
        "01 01 02 05 \"/?a=b\" | b",
        "07 02 ff ff 02 05 \"/?a=b\" | b",
        "02 09 \"/?A=1;b=2\" | 1",
        "02 05 \"/?a=b\" 00 02 ff | b",
        "02 03 \"a=b\" | b",
        "02 09 \"/?a=b&a=c\" | b",
        "02 07 \"/?a=b?c\" | b?c",
      })
  void readsTheQueryOfTheUrl(String options, String value) {
    assertThat(announce.read(Datagrams.withOptions(Datagrams.options(options)))).isEmpty();
    assertThat(announce.parameters().get("a")).contains(Bytes.utf8(value));
    assertThat(announce.parameters().get("A")).contains(Bytes.utf8(value));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "00 ff ff", "00 00", "07", "07 02 ff", "02 00", "01", "01 01 01", "32"})
  void noQueryIsFine(String options) {
    assertThat(announce.read(Datagrams.withOptions(Datagrams.options(options)))).isEmpty();
    assertThat(announce.parameters().size()).isZero();
  }

  @Test
  void anUnknownOptionWithoutLengthEndsTheWalk() {
    assertThat(announce.read(Datagrams.withOptions(Datagrams.options("02 04 \"/?a=\" 32"))))
        .isEmpty();
    assertThat(announce.parameters().get("a")).contains(Bytes.utf8(""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"02", "02 01", "02 05 \"/?a\"", "02 02 \"/?\" 02", "01 02 ff"})
  void urlDataThatIsCutIsMalformed(String options) {
    assertThat(announce.read(Datagrams.withOptions(Datagrams.options(options))))
        .contains(RequestFault.MALFORMED_PACKET);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "02 05 \"/?%0%\"",
        "02 04 \"/?a%\"",
        "02 02 \"%4\"",
        "02 05 \"/?a=%\" 02 02 \"4g\""
      })
  void refusesBrokenEscapes(String options) {
    assertThat(announce.read(Datagrams.withOptions(Datagrams.options(options))))
        .contains(RequestFault.QUERY_ESCAPE);
  }

  @Test
  void thePathIsNotLookedAt() {
    assertThat(announce.read(Datagrams.withOptions(Datagrams.options("02 07 \"/%zz?a=\""))))
        .isEmpty();
  }

  @Test
  void takesNoMoreUrlThanADatagramHolds() {
    byte[] piece = Datagrams.options("02 80 \"" + "x".repeat(128) + "\"");
    assertThat(announce.read(Datagrams.withOptions(repeat(piece, 16)))).isEmpty();
    assertThat(announce.read(Datagrams.withOptions(repeat(piece, 17))))
        .contains(RequestFault.MALFORMED_PACKET);
  }

  private static byte[] repeat(byte[] piece, int times) {
    ByteBuf all = Unpooled.buffer();
    for (int i = 0; i < times; i++) {
      all.writeBytes(piece);
    }
    byte[] bytes = new byte[all.readableBytes()];
    all.readBytes(bytes);
    return bytes;
  }
}
