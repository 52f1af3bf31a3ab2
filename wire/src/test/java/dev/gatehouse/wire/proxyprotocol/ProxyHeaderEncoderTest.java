package dev.gatehouse.wire.proxyprotocol;

import static dev.gatehouse.wire.proxyprotocol.Headers.endpoint;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.wire.Bytes;
import dev.gatehouse.wire.Decoded.Complete;
import dev.gatehouse.wire.proxyprotocol.ProxyHeader.Relayed;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ProxyHeaderEncoderTest {

  private static final Endpoint SOURCE = endpoint("192.0.2.10", 56324);
  private static final Endpoint DESTINATION = endpoint("198.51.100.7", 443);
  private static final Tlv AUTHORITY = new Tlv(Tlv.AUTHORITY, Bytes.utf8("git.example.org"));

  @Test
  void writesTheKnownHeaders() {
    assertThat(hex(SOURCE, DESTINATION, List.of(), false)).isEqualTo(Headers.TCP4);
    assertThat(hex(SOURCE, DESTINATION, List.of(AUTHORITY), true)).isEqualTo(Headers.AUTHORITY_CRC);
    assertThat(
            hex(
                endpoint("2001:db8::10", 56324),
                endpoint("2001:db8:ffff::7", 443),
                List.of(),
                false))
        .isEqualTo(Headers.TCP6);
  }

  @Test
  void writesLocal() {
    ByteBuf out = Unpooled.buffer();
    ProxyHeaderEncoder.writeLocal(out);
    assertThat(ByteBufUtil.hexDump(out)).isEqualTo(Headers.LOCAL);
  }

  @Test
  void anIpv4AddressBesideAnIpv6OneIsMapped() {
    assertThat(hex(SOURCE, endpoint("2001:db8::1", 443), List.of(), false))
        .isEqualTo(
            Headers.SIGNATURE
                + "21210024"
                + "00000000000000000000ffffc000020a"
                + "20010db8000000000000000000000001"
                + "dc0401bb");
  }

  @Test
  void aMappedAddressIsWrittenAsIpv4() {
    assertThat(hex(endpoint("::ffff:192.0.2.10", 56324), DESTINATION, List.of(), false))
        .isEqualTo(Headers.TCP4);
  }

  @Test
  void tellsOfTheClientsTls() {
    assertThat(
            hex(SOURCE, DESTINATION, List.of(Tlv.ssl("TLSv1.3", "TLS_AES_128_GCM_SHA256")), true))
        .isEqualTo(
            Headers.SIGNATURE
                + "2111003ec000020ac6336407dc0401bb" // IPv4, 62 bytes follow
                + "2000280100000001" // SSL, 40 bytes: by TLS, not verified
                + "210007544c5376312e33" // version
                + "230016544c535f4145535f3132385f47434d5f534841323536" // cipher
                + "03000472670de2"); // checksum
  }

  @Test
  void saysWhetherOneMoreFitsWhateverTheAddresses() {
    // 16 fixed, 36 of addresses, 7 of the checksum, 3 + n of each value
    Tlv name = new Tlv(Tlv.AUTHORITY, Bytes.of(new byte[253]));
    assertThat(ProxyHeaderEncoder.hasRoomFor(List.of(name), tlv(218))).isTrue();
    assertThat(ProxyHeaderEncoder.hasRoomFor(List.of(name), tlv(219))).isFalse();
  }

  private static Tlv tlv(int length) {
    return new Tlv(0xe0, Bytes.of(new byte[length]));
  }

  @Test
  void refusesMoreThanEveryReceiverTakes() {
    // 16 fixed, 12 of addresses, 3 + n of the value
    Tlv fits = new Tlv(0xe0, Bytes.of(new byte[505]));
    Tlv tooLong = new Tlv(0xe0, Bytes.of(new byte[506]));
    assertThat(hex(SOURCE, DESTINATION, List.of(fits), false)).hasSize(2 * 536);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> hex(SOURCE, DESTINATION, List.of(tooLong), false));
  }

  @Test
  void whatIsWrittenIsReadBack() {
    long seed = 20260513;
    Random random = new Random(seed);
    for (int i = 0; i < 2_000; i++) {
      Endpoint source = randomEndpoint(random);
      Endpoint destination = randomEndpoint(random);
      List<Tlv> tlvs = randomTlvs(random);
      ByteBuf out = Unpooled.buffer();
      ProxyHeaderEncoder.write(out, source, destination, tlvs, random.nextBoolean());
      assertThat(ProxyHeaderDecoder.decode(out))
          .as("seed %d, header %d", seed, i)
          .isEqualTo(new Complete<>(new Relayed(source, destination, tlvs)));
    }
  }

  private static Endpoint randomEndpoint(Random random) {
    IpAddress address =
        random.nextBoolean()
            ? IpAddress.ipv4(random.nextInt())
            : IpAddress.ipv6(random.nextLong(), random.nextLong());
    return new Endpoint(address, random.nextInt(65536));
  }

  private static List<Tlv> randomTlvs(Random random) {
    List<Tlv> tlvs = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      byte[] value = new byte[random.nextInt(100)];
      random.nextBytes(value);
      tlvs.add(new Tlv(0xe0 + random.nextInt(16), Bytes.of(value)));
    }
    return tlvs;
  }

  private static String hex(
      Endpoint source, Endpoint destination, List<Tlv> tlvs, boolean checksum) {
    ByteBuf out = Unpooled.buffer();
    ProxyHeaderEncoder.write(out, source, destination, tlvs, checksum);
    return ByteBufUtil.hexDump(out);
  }
}
