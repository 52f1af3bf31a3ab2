package dev.gatehouse.wire.proxyprotocol;

import static dev.gatehouse.wire.proxyprotocol.Headers.SIGNATURE;
import static dev.gatehouse.wire.proxyprotocol.Headers.buffer;
import static dev.gatehouse.wire.proxyprotocol.Headers.endpoint;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.wire.Bytes;
import dev.gatehouse.wire.Decoded.Complete;
import dev.gatehouse.wire.Decoded.Incomplete;
import dev.gatehouse.wire.Decoded.Malformed;
import dev.gatehouse.wire.proxyprotocol.ProxyHeader.Direct;
import dev.gatehouse.wire.proxyprotocol.ProxyHeader.Relayed;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyHeaderV2Test {

  private static final Endpoint SOURCE = endpoint("192.0.2.10", 56324);
  private static final Endpoint DESTINATION = endpoint("198.51.100.7", 443);
  private static final String IPV4 = "c000020ac6336407dc0401bb";
  private static final int IPV4_LENGTH = 12;

  static Stream<String> valid() {
    return Stream.of(
        Headers.TCP4,
        Headers.TCP6,
        Headers.MAPPED,
        Headers.LOCAL,
        Headers.LOCAL_WITH_ADDRESS,
        Headers.UNSPEC,
        Headers.AUTHORITY_CRC,
        Headers.ALPN_AUTHORITY_ID_CRC,
        Headers.SSL_CRC);
  }

  @Test
  void readsIpv4() {
    assertRelayed(Headers.TCP4, SOURCE, DESTINATION);
  }

  @Test
  void readsIpv6() {
    assertRelayed(Headers.TCP6, endpoint("2001:db8::10", 56324), endpoint("2001:db8:ffff::7", 443));
  }

  @Test
  void aMappedAddressIsIpv4() {
    assertRelayed(Headers.MAPPED, SOURCE, DESTINATION);
  }

  @Test
  void keepsTlvsInTheirOrderWithoutTheChecksum() {
    assertRelayed(
        Headers.ALPN_AUTHORITY_ID_CRC,
        SOURCE,
        DESTINATION,
        new Tlv(Tlv.ALPN, Bytes.utf8("h2")),
        new Tlv(Tlv.AUTHORITY, Bytes.utf8("git.example.org")),
        new Tlv(
            Tlv.UNIQUE_ID,
            Bytes.of(new byte[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15})));
  }

  @Test
  void readsWhatTheSenderSaysOfTls() {
    assertThat(decode(Headers.SSL_CRC)).isInstanceOf(Complete.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        Headers.LOCAL,
        Headers.LOCAL_WITH_ADDRESS,
        Headers.UNSPEC,
        // PROXY with TCP or UDP over no family, and IP over no transport
        SIGNATURE + "21010000",
        SIGNATURE + "21020003ffffff",
        SIGNATURE + "21100000",
        SIGNATURE + "2120000100",
        SIGNATURE + "21300000",
        // LOCAL does not look at the family byte
        SIGNATURE + "20ff0000",
      })
  void aSenderThatNamesNoClientSpeaksForItself(String hex) {
    ByteBuf in = buffer(hex);
    assertThat(ProxyHeaderDecoder.decode(in)).isEqualTo(new Complete<>(new Direct()));
    assertThat(in.isReadable()).isFalse();
  }

  @Test
  void aUnixPeerNamesNoClient() {
    assertThat(decode(SIGNATURE + "213100d8" + "61".repeat(216)))
        .isEqualTo(new Complete<>(new Direct()));
  }

  @ParameterizedTest
  @MethodSource("valid")
  void everyProperPrefixIsIncompleteAndConsumesNothing(String hex) {
    ByteBuf whole = buffer(hex);
    for (int length = 0; length < whole.readableBytes(); length++) {
      ByteBuf in = whole.slice(0, length);
      assertThat(ProxyHeaderDecoder.decode(in))
          .as("%d bytes", length)
          .isInstanceOf(Incomplete.class);
      assertThat(in.readerIndex()).isZero();
    }
    assertThat(ProxyHeaderDecoder.decode(whole)).isInstanceOf(Complete.class);
    assertThat(whole.isReadable()).isFalse();
  }

  @Test
  void leavesWhatFollowsTheHeader() {
    ByteBuf in = buffer(Headers.TCP4 + "160301");
    assertThat(ProxyHeaderDecoder.decode(in)).isInstanceOf(Complete.class);
    assertThat(in.readableBytes()).isEqualTo(3);
  }

  @Test
  void refusesAWrongSignatureAtItsFirstWrongByte() {
    for (int wrong = 1; wrong < SIGNATURE.length() / 2; wrong++) {
      String prefix = SIGNATURE.substring(0, 2 * wrong) + "ee";
      assertThat(decode(prefix)).as(prefix).isEqualTo(new Malformed<>(ProxyHeaderFault.SIGNATURE));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "01, VERSION",
    "11, VERSION",
    "31, VERSION",
    "f1, VERSION",
    "22, COMMAND",
    "2f, COMMAND",
    "2112, TRANSPORT",
    "2122, TRANSPORT",
    "2132, TRANSPORT",
    "2113, TRANSPORT",
    "213f, TRANSPORT",
    "2141, FAMILY",
    "21f1, FAMILY",
    "2111000b, LENGTH",
    "21210023, LENGTH",
    "213100d7, LENGTH",
    "211110d9, TOO_BIG",
    "2111ffff, TOO_BIG",
    "2010ffff, TOO_BIG",
  })
  void refusesAFixedByteAsSoonAsItIsThere(String bytes, ProxyHeaderFault fault) {
    assertThat(decode(SIGNATURE + bytes)).isEqualTo(new Malformed<>(fault));
  }

  @Test
  void takesAHeaderAtTheLimit() {
    String rest = IPV4 + "e0" + "10c9" + "00".repeat(4297);
    assertThat(rest.length() / 2).isEqualTo(ProxyHeaderV2.MAX_LENGTH);
    assertThat(decode(SIGNATURE + "211110d8" + rest)).isInstanceOf(Complete.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "04", // a head that is cut
        "0400", // a head that is cut
        "040001", // a value that lies beyond the header
        "e0ffff00", // a value that lies beyond the header
        "03000300000000", // a checksum of three bytes
        "0300050000000000", // a checksum of five bytes
        "02000161" + "02000161", // two authorities
        "05000161" + "05000161", // two ids
        "2000050000000000" + "2000050000000000", // two SSL
        "20000400000000", // SSL without its verification result
        "200006000000000021", // a value inside SSL that is cut
        "20000a000000000021000361", // a value inside SSL that lies beyond it
      })
  void refusesTlvsThatCannotBeRead(String tlvs) {
    assertFault(IPV4 + tlvs, ProxyHeaderFault.TLV);
  }

  @Test
  void refusesAnIdOfMoreThan128Bytes() {
    assertThat(decode(tcp4(IPV4 + "050080" + "61".repeat(128)))).isInstanceOf(Complete.class);
    assertFault(IPV4 + "050081" + "61".repeat(129), ProxyHeaderFault.TLV);
  }

  @Test
  void passesOverPaddingsAndKeepsUnknownTypes() {
    String tlvs = "04000109" + "e0000161" + "f0000162" + "ff000163" + "040000";
    assertRelayed(
        tcp4(IPV4 + tlvs),
        SOURCE,
        DESTINATION,
        new Tlv(0xe0, Bytes.utf8("a")),
        new Tlv(0xf0, Bytes.utf8("b")),
        new Tlv(0xff, Bytes.utf8("c")));
  }

  @Test
  void aValueKeepsItsZeroBytes() {
    assertRelayed(
        tcp4(IPV4 + "020003610062"),
        SOURCE,
        DESTINATION,
        new Tlv(Tlv.AUTHORITY, Bytes.of(new byte[] {'a', 0, 'b'})));
  }

  @Test
  void refusesAWrongChecksum() {
    String wrong = Headers.AUTHORITY_CRC.substring(0, Headers.AUTHORITY_CRC.length() - 2) + "b2";
    assertThat(decode(wrong)).isEqualTo(new Malformed<>(ProxyHeaderFault.CRC));
  }

  @Test
  void twoChecksumsAreMalformedWhateverTheyAre() {
    String two = IPV4 + "03000400000000" + "03000400000000";
    assertThat(decode(tcp4(two))).isEqualTo(new Malformed<>(ProxyHeaderFault.TLV));
  }

  private static void assertFault(String rest, ProxyHeaderFault fault) {
    ByteBuf in = buffer(tcp4(rest));
    assertThat(ProxyHeaderDecoder.decode(in)).isEqualTo(new Malformed<>(fault));
    assertThat(in.readerIndex()).isZero();
  }

  private static void assertRelayed(
      String hex, Endpoint source, Endpoint destination, Tlv... tlvs) {
    assertThat(decode(hex))
        .isEqualTo(new Complete<>(new Relayed(source, destination, List.of(tlvs))));
  }

  private static dev.gatehouse.wire.Decoded<ProxyHeader> decode(String hex) {
    return ProxyHeaderDecoder.decode(buffer(hex));
  }

  private static String tcp4(String rest) {
    return SIGNATURE + "2111" + String.format("%04x", rest.length() / 2) + rest;
  }

  @Test
  void theTestsOwnHeadersAreBuiltRight() {
    assertThat(tcp4(IPV4)).isEqualTo(Headers.TCP4);
    assertThat(IntStream.of(IPV4.length() / 2)).containsExactly(IPV4_LENGTH);
  }
}
