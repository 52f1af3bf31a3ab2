package dev.gatehouse.e2e;

import static dev.gatehouse.e2e.HelloBytes.H0;
import static dev.gatehouse.e2e.HelloBytes.body;
import static dev.gatehouse.e2e.HelloBytes.concat;
import static dev.gatehouse.e2e.HelloBytes.entry;
import static dev.gatehouse.e2e.HelloBytes.extension;
import static dev.gatehouse.e2e.HelloBytes.handshake;
import static dev.gatehouse.e2e.HelloBytes.hello;
import static dev.gatehouse.e2e.HelloBytes.message;
import static dev.gatehouse.e2e.HelloBytes.named;
import static dev.gatehouse.e2e.HelloBytes.number;
import static dev.gatehouse.e2e.HelloBytes.padded;
import static dev.gatehouse.e2e.HelloBytes.patched;
import static dev.gatehouse.e2e.HelloBytes.record;
import static dev.gatehouse.e2e.HelloBytes.records;
import static dev.gatehouse.e2e.HelloBytes.serverName;
import static dev.gatehouse.e2e.HelloBytes.serverNames;
import static dev.gatehouse.e2e.HelloBytes.slice;
import static dev.gatehouse.e2e.HelloBytes.trickled;
import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gatehouse.testkit.Hex;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What clients may begin with, and what is to become of it. */
final class HostileHellos {

  private static final int MAX_SIZE = 16 * 1024;
  private static final byte[] EMPTY = {};
  private static final byte[] SUITES = Hex.bytes("1301");
  private static final byte[] ALERT = Hex.bytes("15 0301 0002 0100");
  private static final byte[] CHANGE_CIPHER_SPEC = Hex.bytes("14 0303 0001 01");
  private static final byte[] EARLY_DATA = Hex.bytes("17 0303 0003 c0ffee");

  /** Offset and width of every length inside the message of {@link HelloBytes#H0}. */
  private static final int[][] LENGTHS = {
    {43, 1}, {44, 2}, {50, 1}, {52, 2}, {56, 2}, {58, 2}, {61, 2}, {80, 2}, {82, 2}, {90, 2},
    {92, 2}, {102, 2}, {104, 2}, {106, 1}, {109, 1}, {120, 2}, {122, 1}, {129, 2}, {131, 2},
  };

  private HostileHellos() {}

  /** Where a hello is to lead. */
  enum Outcome {
    OK,
    NO_SNI,
    NOT_TLS,
    MALFORMED,
    TOO_BIG,
    TIMEOUT,
    EOF
  }

  /**
   * Stimuli of one kind.
   *
   * @param stimuli each the writes of one connection
   */
  record Row(String name, Outcome outcome, List<List<byte[]>> stimuli) {

    static Row whole(String name, Outcome outcome, byte[]... stimuli) {
      return new Row(name, outcome, Stream.of(stimuli).map(List::of).toList());
    }

    static Row names(String name, Outcome outcome, String... serverNames) {
      return whole(
          name, outcome, Stream.of(serverNames).map(HelloBytes::named).toArray(byte[][]::new));
    }

    /** Whether they reach a backend. */
    boolean isAccepted() {
      return outcome == Outcome.OK || outcome == Outcome.NO_SNI;
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static List<Row> rows() {
    return Stream.of(accepted(), withoutName(), names(), framing(), lengths(), strangers())
        .flatMap(List::stream)
        .toList();
  }

  private static List<Row> accepted() {
    return List.of(
        Row.whole(
            "H-01 versions", Outcome.OK, H0, patched(H0, 1, 2, 0x303), patched(H0, 1, 2, 0x304)),
        new Row("H-02 two reads, one byte a read", Outcome.OK, split()),
        new Row("H-03 records of two bytes and more", Outcome.OK, fragmented(2, 128)),
        new Row("H-03 more records than allowed", Outcome.TOO_BIG, fragmented(1, 1)),
        new Row("H-04 a split handshake head", Outcome.OK, headSplit()),
        Row.whole("H-05 post-quantum key share", Outcome.OK, postQuantum()),
        Row.whole("H-05 as large as allowed", Outcome.OK, record(padded(MAX_SIZE))),
        Row.whole("H-05 one byte larger", Outcome.TOO_BIG, records(padded(MAX_SIZE + 1), MAX_SIZE)),
        Row.whole("H-06 GREASE and encrypted hello", Outcome.OK, greased()),
        Row.whole(
            "H-22 records after the hello",
            Outcome.OK,
            concat(H0, EARLY_DATA),
            concat(H0, CHANGE_CIPHER_SPEC, EARLY_DATA)));
  }

  private static List<Row> withoutName() {
    return List.of(
        Row.whole(
            "H-07 no server_name",
            Outcome.NO_SNI,
            record(handshake(1, body(EMPTY, SUITES, new byte[1], EMPTY))),
            hello(extension(23, EMPTY)),
            hello(extension(0x0a0a, EMPTY))),
        Row.whole(
            "H-08 a list without host name",
            Outcome.MALFORMED,
            hello(serverNames()),
            hello(serverNames(entry(7, "git.example.org"))),
            hello(extension(0, EMPTY))),
        Row.whole(
            "H-09 unknown type first",
            Outcome.OK,
            hello(serverNames(entry(7, "x"), entry(0, "git.example.org")))),
        Row.whole(
            "H-10 two names, two of an extension",
            Outcome.MALFORMED,
            hello(serverNames(entry(0, "git.example.org"), entry(0, "a.example"))),
            hello(serverName("git.example.org"), serverName("git.example.org")),
            hello(serverName("a.example"), extension(0x1234, EMPTY), extension(0x1234, EMPTY))),
        Row.whole("128 extensions", Outcome.OK, hello(manyExtensions(127))),
        Row.whole("129 extensions", Outcome.TOO_BIG, hello(manyExtensions(128))));
  }

  private static List<Row> names() {
    String label = "a".repeat(63);
    String longest = (label + ".").repeat(3) + "a".repeat(53) + ".example";
    return List.of(
        Row.names("H-11 trailing dot", Outcome.OK, "git.example.org."),
        Row.names("H-11 two trailing dots", Outcome.MALFORMED, "git.example.org.."),
        Row.names("H-12 longest", Outcome.OK, longest, label + ".example"),
        Row.names(
            "H-12 lengths",
            Outcome.MALFORMED,
            "",
            ".",
            "a" + longest,
            label + "." + longest,
            "a..example",
            ".example",
            label + "a.example"),
        Row.names(
            "H-13 addresses",
            Outcome.MALFORMED,
            "192.0.2.1",
            "1.2.3",
            "example.42",
            "[::1]",
            "2001:db8::1"),
        Row.whole("H-14 characters", Outcome.MALFORMED, forbidden()),
        Row.names("H-15 case and underscore", Outcome.OK, "GIT.Example.ORG", "_acme.example.org"));
  }

  private static List<Row> framing() {
    byte[] message = message(H0);
    byte[] first = record(slice(message, 0, 40));
    byte[] rest = record(slice(message, 40, message.length));
    return List.of(
        Row.whole(
            "H-16 empty records",
            Outcome.MALFORMED,
            concat(record(EMPTY), H0),
            concat(first, record(EMPTY), rest)),
        Row.whole(
            "H-17 too long a record",
            Outcome.MALFORMED,
            Hex.bytes("16 0301 4001"),
            Hex.bytes("16 0301 ffff")),
        Row.whole(
            "H-18 other records",
            Outcome.MALFORMED,
            ALERT,
            CHANGE_CIPHER_SPEC,
            EARLY_DATA,
            concat(first, ALERT, rest),
            concat(first, CHANGE_CIPHER_SPEC, rest),
            concat(first, EARLY_DATA, rest)),
        Row.whole(
            "H-19 other messages",
            Outcome.MALFORMED,
            patched(H0, 5, 1, 0),
            patched(H0, 5, 1, 2),
            patched(H0, 5, 1, 255)),
        Row.whole(
            "H-26 sixteen MiB announced", Outcome.TOO_BIG, Hex.bytes("16 0301 0005 01 ffffff 03")),
        new Row("H-27 strict prefixes", Outcome.EOF, prefixes()));
  }

  private static List<Row> lengths() {
    byte[] odd = Hex.bytes("1301 c0");
    byte[] message = message(H0);
    return List.of(
        Row.whole("H-20 lengths that lie", Outcome.MALFORMED, lies()),
        Row.whole("H-20 a longer message", Outcome.TIMEOUT, patched(H0, 6, 3, message.length - 3)),
        Row.whole(
            "H-20 the shorter message, the other record lengths",
            Outcome.MALFORMED,
            patched(H0, 6, 3, message.length - 5),
            patched(H0, 6, 3, 0),
            patched(H0, 3, 2, message.length + 1),
            patched(H0, 3, 2, message.length - 1),
            patched(H0, 3, 2, 0),
            patched(H0, 3, 2, 0xffff)),
        Row.whole(
            "H-21 bytes that belong to nothing",
            Outcome.MALFORMED,
            record(handshake(1, concat(slice(message, 4, message.length), new byte[1]))),
            record(concat(message, new byte[1]))),
        Row.whole(
            "H-23 vectors out of bounds",
            Outcome.MALFORMED,
            record(handshake(1, body(new byte[33], SUITES, new byte[1], EMPTY))),
            record(handshake(1, body(EMPTY, odd, new byte[1], EMPTY))),
            record(handshake(1, body(EMPTY, EMPTY, new byte[1], EMPTY))),
            record(handshake(1, body(EMPTY, SUITES, EMPTY, EMPTY)))));
  }

  private static List<Row> strangers() {
    byte[] noise = new byte[64];
    new Random(26).nextBytes(noise);
    noise[0] = 0x7f;
    return List.of(
        Row.whole(
            "H-24 other protocols",
            Outcome.NOT_TLS,
            Hex.bytes("80 2e 01 0002 0015 0000 0010"),
            ascii("GET / HTTP/1.1\r\nHost: git.example.org\r\n\r\n"),
            ascii("SSH-2.0-OpenSSH_9.9\r\n"),
            ascii("PROXY TCP4 192.0.2.10 198.51.100.7 56324 443\r\n"),
            Hex.bytes("16 0201 0080 01"),
            noise),
        new Row("nothing at all", Outcome.EOF, List.of(List.of())));
  }

  private static List<List<byte[]>> split() {
    List<List<byte[]>> stimuli = new ArrayList<>();
    for (int at = 1; at < H0.length; at++) {
      stimuli.add(List.of(slice(H0, 0, at), slice(H0, at, H0.length)));
    }
    stimuli.add(trickled(H0));
    return stimuli;
  }

  private static List<List<byte[]>> fragmented(int from, int to) {
    return IntStream.rangeClosed(from, to)
        .mapToObj(size -> trickled(records(message(H0), size)))
        .toList();
  }

  private static List<List<byte[]>> headSplit() {
    byte[] message = message(H0);
    return IntStream.rangeClosed(1, 5)
        .mapToObj(
            at ->
                List.of(record(slice(message, 0, at)), record(slice(message, at, message.length))))
        .toList();
  }

  private static List<List<byte[]>> prefixes() {
    return IntStream.range(1, H0.length).mapToObj(end -> List.of(slice(H0, 0, end))).toList();
  }

  private static byte[] postQuantum() {
    byte[] share = concat(Hex.bytes("11ec"), HelloBytes.v16(new byte[1216]));
    byte[] classic = concat(Hex.bytes("001d"), HelloBytes.v16(new byte[32]));
    return hello(
        serverName("git.example.org"),
        extension(43, Hex.bytes("04 0304 0303")),
        extension(41, new byte[300]),
        extension(51, HelloBytes.v16(concat(share, classic))));
  }

  private static byte[] greased() {
    return hello(
        extension(0x1a1a, EMPTY),
        serverName("git.example.org"),
        extension(43, Hex.bytes("06 2a2a 0304 0303")),
        extension(10, Hex.bytes("0004 3a3a 001d")),
        extension(0xfe0d, new byte[186]),
        extension(0xfafa, new byte[1]));
  }

  private static byte[][] manyExtensions(int others) {
    return Stream.concat(
            Stream.of(serverName("git.example.org")),
            IntStream.range(0, others).mapToObj(i -> extension(0x2000 + i, EMPTY)))
        .toArray(byte[][]::new);
  }

  private static byte[][] forbidden() {
    return IntStream.of(0, '\r', '\n', ' ', '/', '*', ':', 0x7f, 0x80, 0xdf, 0xff)
        .mapToObj(character -> named("git" + (char) character + ".example.org"))
        .toArray(byte[][]::new);
  }

  private static byte[][] lies() {
    List<byte[]> all = new ArrayList<>();
    for (int[] field : LENGTHS) {
      int told = number(H0, field[0], field[1]);
      int most = (1 << (8 * field[1])) - 1;
      IntStream.of(told - 1, told + 1, 0, most)
          .map(value -> value & most)
          .filter(value -> value != told)
          .distinct()
          .forEach(value -> all.add(patched(H0, field[0], field[1], value)));
    }
    return all.toArray(byte[][]::new);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(US_ASCII);
  }
}
