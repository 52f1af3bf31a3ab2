package dev.gatehouse.wire.tls;

import static dev.gatehouse.wire.tls.Hellos.GIT;
import static dev.gatehouse.wire.tls.Hellos.concat;
import static dev.gatehouse.wire.tls.Hellos.extension;
import static dev.gatehouse.wire.tls.Hellos.inRecords;
import static dev.gatehouse.wire.tls.Hellos.latin1;
import static dev.gatehouse.wire.tls.Hellos.message;
import static dev.gatehouse.wire.tls.Hellos.messageOf;
import static dev.gatehouse.wire.tls.Hellos.messageWith;
import static dev.gatehouse.wire.tls.Hellos.serverName;
import static dev.gatehouse.wire.tls.Hellos.serverNameList;
import static dev.gatehouse.wire.tls.Hellos.vector16;
import static dev.gatehouse.wire.tls.Hellos.withExtensions;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.wire.Bytes;
import dev.gatehouse.wire.Decoded;
import dev.gatehouse.wire.Decoded.Complete;
import dev.gatehouse.wire.Decoded.Incomplete;
import dev.gatehouse.wire.Decoded.Malformed;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientHelloDecoderTest {

  private static final int MAX_SIZE = 16 * 1024;
  private static final int MAX_RECORDS = 64;

  @Test
  void readsNameProtocolsAndVersions() {
    ByteBuf in = Unpooled.wrappedBuffer(GIT);
    assertThat(decoder().decode(in))
        .isEqualTo(
            new Complete<>(
                new ClientHello(
                    ServerName.parse("git.example.org"),
                    List.of(Bytes.utf8("h2"), Bytes.utf8("http/1.1")),
                    List.of(0x0304, 0x0303),
                    false)));
    assertThat(in.readerIndex()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4})
  void takesAnyMinorVersionOfARecord(int minor) {
    byte[] hello = GIT.clone();
    hello[2] = (byte) minor;
    assertName(hello, "git.example.org");
  }

  @Test
  void everyProperPrefixIsIncomplete() {
    for (int length = 0; length < GIT.length; length++) {
      assertThat(decode(prefix(GIT, length))).as("%d bytes", length).isInstanceOf(Incomplete.class);
    }
  }

  @Test
  void readsAHelloThatArrivesInTwoPartsSplitAnywhere() {
    for (int split = 0; split <= GIT.length; split++) {
      ClientHelloDecoder decoder = decoder();
      decoder.decode(Unpooled.wrappedBuffer(GIT, 0, split));
      if (split < GIT.length) {
        assertThat(name(decoder.decode(Unpooled.wrappedBuffer(GIT)))).isEqualTo("git.example.org");
      }
    }
  }

  @Test
  void readsAHelloInRecordsOfAnySizeByteByByte() {
    byte[] message = messageOf(GIT);
    for (int size = 1; size <= message.length; size++) {
      byte[] hello = inRecords(message, size);
      ClientHelloDecoder decoder = new ClientHelloDecoder(MAX_SIZE, 128);
      for (int length = 0; length < hello.length; length++) {
        assertThat(decoder.decode(Unpooled.wrappedBuffer(hello, 0, length)))
            .as("records of %d, %d bytes", size, length)
            .isInstanceOf(Incomplete.class);
      }
      assertThat(name(decoder.decode(Unpooled.wrappedBuffer(hello)))).isEqualTo("git.example.org");
    }
  }

  @Test
  void aMessageMaySpanAsManyRecordsAsConfiguredAndNoMore() {
    byte[] hello = inRecords(messageOf(GIT), 2);
    assertThat(new ClientHelloDecoder(MAX_SIZE, 64).decode(Unpooled.wrappedBuffer(hello)))
        .isInstanceOf(Complete.class);
    assertThat(new ClientHelloDecoder(MAX_SIZE, 63).decode(Unpooled.wrappedBuffer(hello)))
        .isEqualTo(new Malformed<>(ClientHelloFault.TOO_BIG));
  }

  @Test
  void aMessageMayBeAsLongAsConfiguredAndNoLonger() {
    byte[] fits = padded(MAX_SIZE);
    byte[] tooLong = padded(MAX_SIZE + 1);
    assertName(fits, "a.example");
    assertFault(prefix(tooLong, 9), ClientHelloFault.TOO_BIG);
  }

  @Test
  void refusesAnAnnouncedGiantFromItsFirstNineBytes() {
    assertFault(hex("1603014000" + "01ffffff"), ClientHelloFault.TOO_BIG);
  }

  @ParameterizedTest
  @CsvSource({
    "a.example, a.example",
    "git.example.org., git.example.org",
    "GIT.Example.ORG, git.example.org",
    "_acme.example.org, _acme.example.org",
    "xn--bcher-kva.example, xn--bcher-kva.example",
    "1.2.3.example, 1.2.3.example",
    "localhost, localhost",
  })
  void normalisesNames(String sent, String name) {
    assertName(withExtensions(serverName(sent)), name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "a..b",
        "a..",
        ".a",
        "192.0.2.1",
        "1.2.3",
        "a.7",
        "[::1]",
        "2001:db8::1",
        "a\u0000b.example",
        "a\rb",
        "a\nb",
        "a b",
        "a/b",
        "*.example",
        "a\u007f",
        "\u00e4.example",
        "\u00ff",
      })
  void refusesANameThatIsNone(String name) {
    assertFault(withExtensions(serverName(name)), ClientHelloFault.NAME);
  }

  @Test
  void aNameHasAtMost253BytesAndALabel63() {
    String label = "a".repeat(63);
    String longest = label + "." + label + "." + label + "." + "a".repeat(61);
    assertThat(longest).hasSize(253);
    assertName(withExtensions(serverName(longest)), longest);
    assertName(withExtensions(serverName(longest + ".")), longest);
    assertFault(withExtensions(serverName(longest + "a")), ClientHelloFault.NAME);
    assertFault(withExtensions(serverName(label + "a.example")), ClientHelloFault.NAME);
  }

  @Test
  void aHelloWithoutTheExtensionHasNoName() {
    assertNoName(withExtensions(extension(0x0a0a, ""), extension(23, "")));
    assertNoName(withExtensions());
    byte[] bare = hex("01000029" + "0303" + "00".repeat(32) + "00" + "00021301" + "0100");
    assertNoName(inRecords(bare, 16384));
  }

  @Test
  void passesOverUnknownKindsOfName() {
    assertName(
        withExtensions(
            serverNameList("07" + vector16("ff") + "00" + vector16(latin1("a.example")))),
        "a.example");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", // nothing at all
        "0000", // an empty list
        "0004" + "07000161", // unknown kinds alone
        "000a" + "0000026162" + "0000026364", // two host names
        "0005" + "0000036162", // a name that lies beyond the list
        "0006" + "0000026162", // a list that lies beyond the extension
        "0004" + "0000026162", // a list shorter than the extension
      })
  void refusesAListWithoutExactlyOneHostName(String body) {
    assertFault(withExtensions(extension(0, body)), ClientHelloFault.SNI_LIST);
  }

  @Test
  void refusesAnExtensionThatIsThereTwice() {
    assertFault(
        withExtensions(serverName("a.example"), serverName("b.example")),
        ClientHelloFault.DUPLICATE_EXTENSION);
    assertFault(
        withExtensions(extension(0x1234, ""), extension(0x1234, "")),
        ClientHelloFault.DUPLICATE_EXTENSION);
  }

  @Test
  void takes128ExtensionsAndNoMore() {
    assertNoName(withExtensions(manyExtensions(128)));
    assertFault(withExtensions(manyExtensions(129)), ClientHelloFault.TOO_BIG);
  }

  @Test
  void everyLengthThatLiesIsRefused() {
    // record, message, session id, suites, compressions, extensions, extension 0, its list and
    // name, groups, algorithms, protocols, versions, key shares: offset and width
    int[][] lengths = {
      {3, 2}, {6, 3}, {43, 1}, {44, 2}, {50, 1}, {52, 2}, {56, 2}, {58, 2}, {61, 2}, {80, 2},
      {82, 2}, {90, 2}, {92, 2}, {102, 2}, {104, 2}, {120, 2}, {122, 1}, {129, 2}, {131, 2}
    };
    for (int[] length : lengths) {
      long right = number(GIT, length[0], length[1]);
      long most = (1L << (8 * length[1])) - 1;
      for (long wrong : new long[] {right - 1, right + 1, 0, most}) {
        if (wrong >= 0 && wrong != right) {
          byte[] hello = withNumber(length[0], length[1], wrong);
          assertThat(decode(hello))
              .as("offset %d: %d instead of %d", length[0], wrong, right)
              .isNotInstanceOf(Complete.class);
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    // an empty record first, and one that is too long, from its head alone
    "1603010000, RECORD_LENGTH",
    "1603014001, RECORD_LENGTH",
    "160301ffff, RECORD_LENGTH",
    // an alert, a cipher change, data, a heartbeat
    "15030100020100, RECORD_TYPE",
    "1403, RECORD_TYPE",
    "1703, RECORD_TYPE",
    "1803, RECORD_TYPE",
    // a server's hello
    "160301000402, HANDSHAKE_TYPE",
    // SSL 2, HTTP, SSH, PROXY, another major version
    "80, NOT_TLS",
    "47, NOT_TLS",
    "53, NOT_TLS",
    "50, NOT_TLS",
    "0d, NOT_TLS",
    "1602, NOT_TLS",
    "1577, NOT_TLS",
  })
  void refusesTheFirstByteThatIsWrong(String bytes, ClientHelloFault fault) {
    assertFault(hex(bytes), fault);
  }

  @Test
  void refusesOtherRecordsBetweenTheFragments() {
    byte[] first = prefix(inRecords(messageOf(GIT), 64), 69);
    assertFault(concat(first, hex("15030100020100")), ClientHelloFault.RECORD_TYPE);
    assertFault(concat(first, hex("1603010000")), ClientHelloFault.RECORD_LENGTH);
    assertFault(concat(first, hex("1602")), ClientHelloFault.VERSION);
    assertFault(concat(first, hex("ff")), ClientHelloFault.RECORD_TYPE);
  }

  @Test
  void refusesBytesBehindTheHelloInItsRecord() {
    byte[] more = concat(messageOf(GIT), new byte[] {0});
    assertFault(inRecords(more, 16384), ClientHelloFault.LENGTH);
    assertFault(prefix(inRecords(more, 16384), 9), ClientHelloFault.LENGTH);
  }

  @Test
  void leavesTheRecordsBehindTheHelloAlone() {
    assertName(concat(GIT, hex("1403030001011703030001ff")), "git.example.org");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0303" + "R" + "21" + "S" + "00021301" + "0100", // a session id of 33 bytes
        "0303" + "R" + "00" + "0003130113" + "0100", // half a suite
        "0303" + "R" + "00" + "0000" + "0100", // no suite
        "0303" + "R" + "00" + "00021301" + "00", // no compression
      })
  void refusesABodyThatNoClientMaySend(String head) {
    String body = head.replace("R", "00".repeat(32)).replace("S", "00".repeat(33));
    assertFault(inRecords(message(body, ""), 16384), ClientHelloFault.LENGTH);
  }

  @Test
  void refusesAnotherMajorVersionInside() {
    String body = "0203" + "00".repeat(32) + "00" + "00021301" + "0100";
    assertFault(inRecords(message(body, ""), 16384), ClientHelloFault.VERSION);
  }

  @Test
  void passesOverGreaseAndReadsTheNameOutsideAnEncryptedHello() {
    byte[] hello =
        withExtensions(
            extension(0x0a0a, ""),
            serverName("outer.example"),
            extension(43, "06" + "1a1a" + "0304" + "0303"),
            extension(0xfe0d, "00" + "ff".repeat(40)),
            extension(0xfafa, "00"));
    assertThat(decode(hello))
        .isEqualTo(
            new Complete<>(
                new ClientHello(
                    ServerName.parse("outer.example"), List.of(), List.of(0x0304, 0x0303), true)));
  }

  @Test
  void tellsAnAuthoritysQuestion() {
    byte[] hello = withExtensions(extension(16, vector16("0a" + latin1("acme-tls/1"))));
    assertThat(((Complete<ClientHello>) decode(hello)).value().offersAcmeTls()).isTrue();
    assertThat(((Complete<ClientHello>) decode(GIT)).value().offersAcmeTls()).isFalse();
  }

  private static byte[] padded(int messageLength) {
    String name = serverName("a.example");
    int padding = messageLength - messageWith(name, extension(21, "")).length;
    byte[] message = messageWith(name, extension(21, "00".repeat(padding)));
    assertThat(message).hasSize(messageLength);
    return inRecords(message, ClientHelloDecoder.MAX_RECORD_LENGTH);
  }

  private static String[] manyExtensions(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> extension(0x2000 + i, ""))
        .collect(Collectors.toList())
        .toArray(String[]::new);
  }

  private static long number(byte[] bytes, int at, int width) {
    long number = 0;
    for (int i = at; i < at + width; i++) {
      number = (number << 8) | (bytes[i] & 0xff);
    }
    return number;
  }

  private static byte[] withNumber(int at, int width, long number) {
    byte[] bytes = GIT.clone();
    for (int i = 0; i < width; i++) {
      bytes[at + i] = (byte) (number >>> (8 * (width - 1 - i)));
    }
    return bytes;
  }

  private static void assertName(byte[] hello, String name) {
    assertThat(name(decode(hello))).isEqualTo(name);
  }

  private static void assertNoName(byte[] hello) {
    assertThat(((Complete<ClientHello>) decode(hello)).value().serverName()).isEmpty();
  }

  private static void assertFault(byte[] bytes, ClientHelloFault fault) {
    ByteBuf in = Unpooled.wrappedBuffer(bytes);
    assertThat(decoder().decode(in)).isEqualTo(new Malformed<>(fault));
    assertThat(in.readerIndex()).isZero();
  }

  private static String name(Decoded<ClientHello> outcome) {
    assertThat(outcome).isInstanceOf(Complete.class);
    return ((Complete<ClientHello>) outcome).value().serverName().orElseThrow().toString();
  }

  private static Decoded<ClientHello> decode(byte[] bytes) {
    return decoder().decode(Unpooled.wrappedBuffer(bytes));
  }

  private static ClientHelloDecoder decoder() {
    return new ClientHelloDecoder(MAX_SIZE, MAX_RECORDS);
  }

  private static byte[] prefix(byte[] bytes, int length) {
    return java.util.Arrays.copyOf(bytes, length);
  }

  private static byte[] hex(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  @Test
  void theTestsOwnHelloIsTheKnownOne() {
    assertThat(GIT).hasSize(133);
    assertThat(new String(GIT, 63, 15, US_ASCII)).isEqualTo("git.example.org");
  }
}
