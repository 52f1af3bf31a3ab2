package dev.gatehouse.e2e;

import static dev.gatehouse.e2e.HelloBytes.concat;
import static dev.gatehouse.e2e.HelloBytes.patched;
import static dev.gatehouse.e2e.HelloBytes.slice;
import static dev.gatehouse.e2e.HelloBytes.v16;
import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gatehouse.testkit.Hex;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** PROXY headers of both versions, and what is to become of whoever sends them. */
final class HostileHeaders {

  static final byte[] SIGNATURE = Hex.bytes("0d0a0d0a 000d0a51 5549540a");

  /** Addresses and ports of 192.0.2.10:56324 to 198.51.100.7:443. */
  private static final byte[] INET = Hex.bytes("c000020a c6336407 dc04 01bb");

  private static final byte[] INET6 =
      Hex.bytes(
          """
          20010db8000000000000000000000010
          20010db8ffff00000000000000000007
          dc04 01bb
          """);

  private static final byte[] MAPPED =
      Hex.bytes(
          """
          00000000000000000000ffffc000020a
          00000000000000000000ffffc6336407
          dc04 01bb
          """);

  /** An authority, and a checksum that is right. */
  private static final byte[] WITH_CHECKSUM =
      Hex.bytes(
          """
          0d0a0d0a000d0a515549540a 21 11 0025 c000020ac6336407dc0401bb
          02 000f 6769742e6578616d706c652e6f7267
          03 0004 7c58a1b3
          """);

  private static final byte[] UNIX = new byte[216];
  private static final byte[] NOTHING = {};
  private static final int MAX_REST = 4312;
  private static final String TCP4 = "PROXY TCP4 192.0.2.10 198.51.100.7 56324 443\r\n";

  private HostileHeaders() {}

  /**
   * Headers that are taken.
   *
   * @param told the header by which the backend hears of the same ends, in hex; empty: those of the
   *     socket
   */
  record Accepted(String name, String told, List<byte[]> headers) {

    @Override
    public String toString() {
      return name;
    }
  }

  /**
   * Headers that are not.
   *
   * @param reason by which they are counted
   */
  record Refused(String name, String reason, List<byte[]> headers) {

    @Override
    public String toString() {
      return name;
    }
  }

  static List<Accepted> accepted() {
    return Stream.concat(acceptedLines().stream(), acceptedHeads().stream()).toList();
  }

  private static List<Accepted> acceptedLines() {
    byte[] inet = v2(0x21, 0x11, INET);
    byte[] inet6 = v2(0x21, 0x21, INET6);
    return List.of(
        taken("P1-01", inet, text(TCP4)),
        taken(
            "P1-02",
            v2(0x21, 0x11, Hex.bytes("ffffffff ffffffff ffff ffff")),
            text("PROXY TCP4 255.255.255.255 255.255.255.255 65535 65535\r\n")),
        taken("P1-03", inet6, text("PROXY TCP6 2001:db8::10 2001:db8:ffff::7 56324 443\r\n")),
        taken(
            "P1-04",
            v2(0x21, 0x21, ones(36)),
            text(
                "PROXY TCP6 "
                    + "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff ".repeat(2)
                    + "65535 65535\r\n")),
        taken(
            "P1-06", inet, text("PROXY TCP6 ::ffff:192.0.2.10 ::ffff:198.51.100.7 56324 443\r\n")),
        taken(
            "P1-07",
            v2(
                0x21,
                0x21,
                Hex.bytes(
                    "00010002000300040005000600070000 00000000000000000000000000000001 0001 0002")),
            text("PROXY TCP6 1:2:3:4:5:6:7:: ::1 1 2\r\n")),
        taken(
            "P1-08",
            v2(0x21, 0x11, Hex.bytes("c000020a c6336407 0000 01bb")),
            text("PROXY TCP4 192.0.2.10 198.51.100.7 0 443\r\n")),
        taken(
            "P1-09 to P1-11",
            NOTHING,
            text("PROXY UNKNOWN\r\n"),
            text("PROXY UNKNOWN x y z\r\n"),
            text("PROXY UNKNOWN " + "f".repeat(91) + "\r\n")));
  }

  private static List<Accepted> acceptedHeads() {
    byte[] inet = v2(0x21, 0x11, INET);
    byte[] inet6 = v2(0x21, 0x21, INET6);
    return List.of(
        taken("P2-01", inet, inet, v2(0x21, 0x11, concat(INET, tlv(0xe0, new byte[9])))),
        taken("P2-02", inet6, inet6),
        taken("P2-02 mapped", inet, v2(0x21, 0x21, MAPPED)),
        taken(
            "P2-03, P2-04",
            NOTHING,
            v2(0x20, 0x00, NOTHING),
            v2(0x20, 0x11, concat(INET, tlv(4, new byte[1]))),
            v2(0x20, 0xf7, new byte[11])),
        taken(
            "P2-05, P2-06",
            NOTHING,
            v2(0x21, 0x00, NOTHING),
            v2(0x21, 0x00, new byte[5]),
            v2(0x21, 0x01, NOTHING),
            v2(0x21, 0x02, NOTHING),
            v2(0x21, 0x10, INET),
            v2(0x21, 0x20, INET6),
            v2(0x21, 0x30, UNIX),
            v2(0x21, 0x31, UNIX)),
        taken("P2-13", inet, v2(0x21, 0x11, filled(MAX_REST))),
        taken(
            "P2-16, P2-17, P2-23",
            inet,
            withTlvs(tlv(0x99, NOTHING), tlv(0xf0, new byte[3]), tlv(0xff, new byte[300])),
            withTlvs(tlv(4, new byte[40])),
            withTlvs(tlv(1, new byte[2]), tlv(2, text("a\0b.example")), tlv(0x30, new byte[4])),
            withTlvs(tlv(5, new byte[128]))),
        taken("P2-19", inet, WITH_CHECKSUM));
  }

  static List<Refused> refused() {
    return Stream.of(lines(), addresses(), heads(), tlvs()).flatMap(List::stream).toList();
  }

  /** Each strict prefix of a header of either version. */
  static List<byte[]> prefixes() {
    return Stream.of(text(TCP4), v2(0x21, 0x11, concat(INET, tlv(4, new byte[2]))))
        .flatMap(whole -> IntStream.range(1, whole.length).mapToObj(end -> slice(whole, 0, end)))
        .toList();
  }

  /** A header of the second version around these addresses and what follows them. */
  static byte[] v2(int command, int family, byte[] rest) {
    return concat(SIGNATURE, new byte[] {(byte) command, (byte) family}, v16(rest));
  }

  static byte[] text(String text) {
    return text.getBytes(US_ASCII);
  }

  private static List<Refused> lines() {
    return List.of(
        reset(
            "P1-12",
            "v1_syntax",
            text("PROXY UNKNOWN " + "f".repeat(92) + "\r\n"),
            text("PROXY UNKNOWN " + "f".repeat(93))),
        reset("P1-13", "v1_syntax", text("PROXY UNKNOWN a\rb\r\n"), text("PROXY UNKNOWN a\nb\r\n")),
        reset("P1-14", "v1_syntax", text(TCP4.replace("\r", "")), text(TCP4.replace("\n", "x"))),
        reset(
            "P1-15, P1-24",
            "signature",
            text(TCP4.replace("PROXY", "proxy")),
            text("GET / HTTP/1.1\r\n"),
            HelloBytes.H0),
        reset(
            "P1-15",
            "v1_syntax",
            text(TCP4.replace("TCP4", "tcp4")),
            text(TCP4.replace("TCP4", "UDP4")),
            text(TCP4.replace("TCP4", "TCP5")),
            text("PROXY UNKNOWNX\r\n")),
        reset(
            "P1-16",
            "v1_syntax",
            text("PROXY  TCP4 192.0.2.10 198.51.100.7 56324 443\r\n"),
            text("PROXY TCP4  192.0.2.10 198.51.100.7 56324 443\r\n"),
            text("PROXY TCP4 192.0.2.10\t198.51.100.7 56324 443\r\n"),
            text("PROXY TCP4 192.0.2.10 198.51.100.7 56324 443 \r\n")),
        reset("P1-16 leading", "signature", text(" " + TCP4)),
        reset(
            "P1-21",
            "v1_syntax",
            text("PROXY TCP4 192.0.2.10 198.51.100.7 56324\r\n"),
            text("PROXY TCP4 192.0.2.10 198.51.100.7 56324 443 1\r\n"),
            text("PROXY TCP4\r\n"),
            text("PROXY \r\n")));
  }

  private static List<Refused> addresses() {
    return List.of(
        lines(
            "P1-17",
            "PROXY TCP4 192.0.2.10 198.51.100.7 56324 %s\r\n",
            "+80",
            "-1",
            "00080",
            "080",
            "65536",
            "",
            "8a"),
        lines(
            "P1-18",
            "PROXY TCP4 %s 198.51.100.7 56324 443\r\n",
            "01.2.3.4",
            "1.2.3",
            "1.2.3.4.5",
            "256.1.1.1",
            "1..2.3",
            "0x1.2.3.4"),
        reset(
            "P1-19",
            "v1_syntax",
            text("PROXY TCP4 ::1 ::1 80 443\r\n"),
            text("PROXY TCP6 192.0.2.1 192.0.2.2 80 443\r\n")),
        lines(
            "P1-20",
            "PROXY TCP6 %s ::1 80 443\r\n",
            "fe80::1%eth0",
            "[::1]",
            "1::2::3",
            ":::",
            ":1:2:3:4:5:6:7",
            "1:2:3:4:5:6:7:8:9",
            "1:2:3:4:5:6:7:8::",
            "12345::"));
  }

  private static List<Refused> heads() {
    byte[] whole = v2(0x21, 0x11, INET);
    return List.of(
        each("P2-07", "transport", 13, 0x12, 0x22, 0x32),
        each("P2-08", "transport", 13, IntStream.rangeClosed(0x13, 0x1f).toArray()),
        each("P2-09", "family", 13, 0x41, 0x51, 0x81, 0xf1),
        each("P2-10", "command", 12, IntStream.rangeClosed(0x22, 0x2f).toArray()),
        each("P2-11", "version", 12, 0x01, 0x11, 0x31, 0x81, 0xf1),
        reset(
            "P2-12",
            "length",
            v2(0x21, 0x11, slice(INET, 0, 11)),
            v2(0x21, 0x21, slice(INET6, 0, 35)),
            v2(0x21, 0x31, slice(UNIX, 0, 215))),
        reset(
            "P2-13",
            "too_big",
            slice(patched(whole, 14, 2, MAX_REST + 1), 0, 16),
            slice(patched(whole, 14, 2, 0xffff), 0, 16)),
        new Refused(
            "P2-24",
            "signature",
            IntStream.rangeClosed(1, 11)
                .mapToObj(at -> slice(patched(whole, at, 1, 0x7f), 0, at + 1))
                .toList()));
  }

  private static List<Refused> tlvs() {
    byte[] overrun = concat(new byte[] {(byte) 0xe0, 0, 9}, new byte[3]);
    byte[] checksum = tlv(3, new byte[4]);
    return List.of(
        reset("P2-14", "tlv", withTlvs(new byte[1]), withTlvs(new byte[2])),
        reset("P2-15", "tlv", withTlvs(overrun)),
        reset("P2-18", "tlv", withTlvs(tlv(3, new byte[3])), withTlvs(tlv(3, new byte[5]))),
        reset("P2-19", "crc", withTlvs(checksum)),
        reset(
            "P2-20",
            "tlv",
            withTlvs(checksum, checksum),
            withTlvs(tlv(2, new byte[1]), tlv(2, new byte[1])),
            withTlvs(tlv(5, new byte[1]), tlv(5, new byte[1])),
            withTlvs(tlv(0x20, new byte[5]), tlv(0x20, new byte[5]))),
        reset("P2-21", "tlv", withTlvs(tlv(5, new byte[129]))),
        reset(
            "P2-22",
            "tlv",
            withTlvs(tlv(0x20, new byte[4])),
            withTlvs(tlv(0x20, concat(new byte[5], overrun)))));
  }

  private static Accepted taken(String name, byte[] told, byte[]... headers) {
    return new Accepted(name, Hex.text(told), List.of(headers));
  }

  private static Refused reset(String name, String reason, byte[]... headers) {
    return new Refused(name, reason, List.of(headers));
  }

  private static Refused lines(String name, String line, String... fields) {
    return reset(
        name,
        "v1_syntax",
        Stream.of(fields).map(field -> text(line.replace("%s", field))).toArray(byte[][]::new));
  }

  private static Refused each(String name, String reason, int offset, int... values) {
    byte[] whole = v2(0x21, 0x11, INET);
    return new Refused(
        name,
        reason,
        IntStream.of(values).mapToObj(value -> patched(whole, offset, 1, value)).toList());
  }

  private static byte[] withTlvs(byte[]... tlvs) {
    return v2(0x21, 0x11, concat(INET, concat(tlvs)));
  }

  private static byte[] tlv(int type, byte[] value) {
    return concat(new byte[] {(byte) type}, v16(value));
  }

  private static byte[] filled(int length) {
    return concat(INET, tlv(4, new byte[length - INET.length - 3]));
  }

  private static byte[] ones(int count) {
    byte[] ones = new byte[count];
    Arrays.fill(ones, (byte) 0xff);
    return ones;
  }
}
