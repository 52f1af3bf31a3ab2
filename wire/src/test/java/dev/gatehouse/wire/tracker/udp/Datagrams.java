package dev.gatehouse.wire.tracker.udp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.gatehouse.testkit.Hex;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** The datagrams that the tests share; the first two are as clients sent them. */
final class Datagrams {

  static final String ARIA2 =
      """
      0000000000c0ffee 00000001 8e8c7977         # connection id, action, transaction id
      183fd175acab987137acca90346f8268e559c1ec   # info hash
      41322d312d33362d302d71df48c98cff683c7d74   # peer id
      000000000000000000000000000000000000000000000000  # downloaded, left, uploaded
      00000002 00000000 08250552 00000032 41f3   # started, address, key, 50 wanted, port
      0000                                       # two ends of options
      """;

  static final String LIBTORRENT =
      """
      0000000000c0ffee 00000001 3acaaf69         # connection id, action, transaction id
      8520203dc76bcc75767a953ede5c962610a42f28   # info hash
      2d4c54323038302d47643742766a29487a417850   # peer id
      000000000000000000000000000000000000000000000000  # downloaded, left, uploaded
      00000002 00000000 c3605718 000000c8 4204   # started, address, key, 200 wanted, port
      0211 2f616e6e6f756e63653f6b65793d616263    # URL data: /announce?key=abc
      """;

  /** In the old form, for an IPv6 peer that gives its address. */
  static final String WIDE =
      """
      1122334455667788 00000004 00000055         # connection id, action, transaction id
      000102030405060708090a0b0c0d0e0f10111213   # info hash
      2d5452333030302d776e6e35386d6261306d7a70   # peer id
      0000000000000001 0000000000000002 0000000000000003  # downloaded, left, uploaded
      00000001                                   # completed
      20010db8000000000000000000000007           # address
      00000000 ffffffff 1ae1                     # key, all that there are, port
      """;

  private Datagrams() {}

  static ByteBuf buffer(String hex) {
    return Unpooled.wrappedBuffer(Hex.bytes(hex));
  }

  /** An announce in the usual form with these options behind it. */
  static ByteBuf withOptions(byte[] options) {
    return Unpooled.wrappedBuffer(
        buffer(ARIA2).slice(0, UdpAnnounce.MIN_LENGTH), Unpooled.wrappedBuffer(options));
  }

  /** Options whose texts are in quotes: {@code 02 05 "/?a=b"}. */
  static byte[] options(String text) {
    StringBuilder hex = new StringBuilder();
    String[] parts = text.split("\"", -1);
    for (int i = 0; i < parts.length; i++) {
      hex.append(i % 2 == 0 ? parts[i] : Hex.text(parts[i].getBytes(ISO_8859_1)));
    }
    return Hex.bytes(hex.toString());
  }
}
