package dev.gatehouse.wire.proxyprotocol;

import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.kernel.address.IpAddress;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.HexFormat;

/** The version 2 headers that the tests share. */
final class Headers {

  static final String SIGNATURE = "0d0a0d0a000d0a515549540a";

  static final String TCP4 = SIGNATURE + "2111000c" + "c000020a" + "c6336407" + "dc04" + "01bb";
  static final String TCP6 =
      SIGNATURE
          + "21210024"
          + "20010db8000000000000000000000010"
          + "20010db8ffff00000000000000000007"
          + "dc0401bb";
  static final String MAPPED =
      SIGNATURE
          + "21210024"
          + "00000000000000000000ffffc000020a"
          + "00000000000000000000ffffc6336407"
          + "dc0401bb";
  static final String LOCAL = SIGNATURE + "20000000";
  static final String LOCAL_WITH_ADDRESS =
      SIGNATURE + "20110010" + "c000020ac6336407dc0401bb" + "04000109";
  static final String UNSPEC = SIGNATURE + "21000000";
  static final String AUTHORITY_CRC =
      SIGNATURE
          + "21110025c000020ac6336407dc0401bb"
          + "02000f6769742e6578616d706c652e6f7267"
          + "0300047c58a1b3";
  static final String ALPN_AUTHORITY_ID_CRC =
      SIGNATURE
          + "2111003dc000020ac6336407dc0401bb"
          + "0100026832"
          + "02000f6769742e6578616d706c652e6f7267"
          + "050010000102030405060708090a0b0c0d0e0f"
          + "03000426a9736e";
  static final String SSL_CRC =
      SIGNATURE
          + "2111003ec000020ac6336407dc0401bb"
          + "2000280100000001"
          + "210007544c5376312e33"
          + "230016544c535f4145535f3132385f47434d5f534841323536"
          + "03000472670de2";

  private Headers() {}

  static ByteBuf buffer(String hex) {
    return Unpooled.wrappedBuffer(HexFormat.of().parseHex(hex));
  }

  static Endpoint endpoint(String address, int port) {
    return new Endpoint(IpAddress.parse(address).orElseThrow(), port);
  }
}
