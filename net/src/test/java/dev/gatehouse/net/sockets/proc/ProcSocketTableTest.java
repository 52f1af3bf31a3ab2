package dev.gatehouse.net.sockets.proc;

import static dev.gatehouse.net.sockets.SocketSource.PROC;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.address.AddressFamily;
import dev.gatehouse.kernel.address.AddressScope;
import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.net.sockets.Protocol;
import dev.gatehouse.net.sockets.ReadResult;
import dev.gatehouse.net.sockets.ReadResult.Complete;
import dev.gatehouse.net.sockets.ReadResult.Failed;
import dev.gatehouse.net.sockets.SocketQuery;
import dev.gatehouse.net.sockets.SocketRow;
import dev.gatehouse.net.sockets.SocketState;
import dev.gatehouse.net.sockets.V6Only;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProcSocketTableTest {

  private static final String HEADING =
      "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout"
          + " inode\n";
  private static final String LISTENER =
      "   0: 0100007F:6DB0 00000000:0000 0A 00000000:00000002 00:00000000 00000000     0        0"
          + " 2405915 3 00000000d9a35a02 100 0 0 10 0\n";
  private static final String ESTABLISHED =
      "   2: 0100007F:6DB0 0100007F:B23E 01 00000005:00000007 00:00000000 00000000     0        0"
          + " 0 1 00000000f2d0fd19 20 4 0 10 -1\n";
  private static final String LISTENER6 =
      "   1: 00000000000000000000000000000000:6DB1 00000000000000000000000000000000:0000 0A"
          + " 00000000:00000000 00:00000000 00000000  1000        0 2405916 1 00000000c7b2a1f0"
          + " 100 0 0 10 0\n";
  private static final String UDP =
      " 4055: 00000000:6DB3 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0"
          + " 2405918 2 000000004f760fb5 0\n";

  @TempDir private Path folder;
  private final List<SocketRow> rows = new ArrayList<>();
  private ByteOrder order = ByteOrder.LITTLE_ENDIAN;
  private long maxFileBytes = ProcSocketTable.MAX_FILE_BYTES;

  @Test
  void readsAListener() throws IOException {
    assertThat(read(SocketQuery.TCP4_LISTENERS, LISTENER)).isEqualTo(complete(1, 0));
    assertThat(rows)
        .containsExactly(
            new SocketRow(
                Protocol.TCP,
                AddressFamily.IPV4,
                SocketState.LISTEN,
                IpAddress.ipv4(0x7f000001),
                28080,
                IpAddress.ANY_IPV4,
                0,
                0,
                0,
                0,
                2405915,
                2,
                -1,
                V6Only.UNKNOWN,
                0,
                false,
                -1,
                -1));
  }

  @Test
  void readsAConnection() throws IOException {
    read(SocketQuery.TCP4_CONNECTIONS, LISTENER, ESTABLISHED);
    SocketRow row = onlyRow();
    assertThat(row.state()).isEqualTo(SocketState.ESTABLISHED);
    assertThat(row.remoteAddress()).isEqualTo(IpAddress.ipv4(0x7f000001));
    assertThat(row.remotePort()).isEqualTo(45630);
    assertThat(row.inode()).isZero();
    assertThat(row.sendQueue()).isEqualTo(5);
    assertThat(row.receiveQueue()).isEqualTo(7);
  }

  @Test
  void readsAnIpv6Listener() throws IOException {
    assertThat(read(SocketQuery.TCP6_LISTENERS, LISTENER6)).isEqualTo(complete(1, 0));
    assertThat(onlyRow().localAddress()).isEqualTo(IpAddress.ANY_IPV6);
    assertThat(onlyRow().localPort()).isEqualTo(28081);
    assertThat(onlyRow().uid()).isEqualTo(1000);
  }

  @ParameterizedTest
  @CsvSource({
    "0000000000000000FFFF00000100007F, ::ffff:127.0.0.1, LOOPBACK",
    "000080FE000000000000000001000000, fe80::1, PRIVATE",
    "B80D0120020001000400030006000500, 2001:db8:1:2:3:4:5:6, PUBLIC",
    "00000000000000000000000001000000, ::1, LOOPBACK",
  })
  void theWordsOfAnIpv6AddressAreThoseOfTheMachine(
      String printed, String address, AddressScope scope) throws IOException {
    read(SocketQuery.TCP6_LISTENERS, LISTENER6.replaceFirst("0{32}", printed));
    assertThat(onlyRow().localAddress()).isEqualTo(IpAddress.parse(address).orElseThrow());
    assertThat(onlyRow().localAddress().scope()).isEqualTo(scope);
  }

  @Test
  void aBigEndianMachinePrintsAddressesAsTheyAre() throws IOException {
    order = ByteOrder.BIG_ENDIAN;
    read(SocketQuery.TCP4_LISTENERS, LISTENER.replace("0100007F", "7F000001"));
    assertThat(onlyRow().localAddress()).isEqualTo(IpAddress.ipv4(0x7f000001));
    assertThat(onlyRow().localPort()).isEqualTo(28080);
  }

  @Test
  void readsAnUnconnectedUdpSocketWithItsDrops() throws IOException {
    read(SocketQuery.UDP4_LISTENERS, UDP);
    assertThat(onlyRow().state()).isEqualTo(SocketState.CLOSE);
    assertThat(onlyRow().localPort()).isEqualTo(28083);
    assertThat(onlyRow().drops()).isZero();
    assertThat(onlyRow().sendQueue()).isZero();
    assertThat(onlyRow().receiveBuffer()).isEqualTo(-1);
  }

  @Test
  void dropsAreTheLastColumn() throws IOException {
    read(SocketQuery.UDP4_LISTENERS, UDP.replace(" 0\n", " 4294967295\n"));
    assertThat(onlyRow().drops()).isEqualTo(4_294_967_295L);
  }

  @Test
  void connectedUdpIsNoListener() throws IOException {
    String connected = UDP.replace("00000000:0000 07", "0100007F:6DB3 01");
    assertThat(read(SocketQuery.UDP4_LISTENERS, connected)).isEqualTo(complete(0, 0));
  }

  @Test
  void aListenerIsNoConnectionAndTheReverse() throws IOException {
    assertThat(read(SocketQuery.TCP4_CONNECTIONS, LISTENER)).isEqualTo(complete(0, 0));
    assertThat(read(SocketQuery.TCP4_LISTENERS, ESTABLISHED)).isEqualTo(complete(0, 0));
  }

  @Test
  void aHeadingAloneIsAnEmptyTable() throws IOException {
    assertThat(read(SocketQuery.TCP4_LISTENERS)).isEqualTo(complete(0, 0));
    Files.writeString(folder.resolve("tcp"), "");
    assertThat(readFile(SocketQuery.TCP4_LISTENERS)).isEqualTo(complete(0, 0));
    Files.writeString(folder.resolve("tcp"), HEADING.strip());
    assertThat(readFile(SocketQuery.TCP4_LISTENERS)).isEqualTo(complete(0, 0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\n",
        "   \n",
        "garbage\n",
        "   0: 0100007F:6DB0 00000000:0000 0A\n",
        "   0: 010000G7:6DB0 00000000:0000 0A 00000000:00000002 00:0 0 0 0 2405915 3 0\n",
        "   0: 100007F:6DB0 00000000:0000 0A 00000000:00000002 00:0 0 0 0 2405915 3 0\n",
        "   0: 00100007F:6DB0 00000000:0000 0A 00000000:00000002 00:0 0 0 0 2405915 3 0\n",
        "   0: 0100007F6DB0 00000000:0000 0A 00000000:00000002 00:0 0 0 0 2405915 3 0\n",
        "   0: 0100007F:6DB 00000000:0000 0A 00000000:00000002 00:0 0 0 0 2405915 3 0\n",
        "   0: 0100007F:06DB0 00000000:0000 0A 00000000:00000002 00:0 0 0 0 2405915 3 0\n",
        "   0: 0100007F:6DB0 00000000:0000 A 00000000:00000002 00:0 0 0 0 2405915 3 0\n",
        "   0: 0100007F:6DB0 00000000:0000 0A 00000000 00:0 0 0 0 2405915 3 0\n",
        "   0: 0100007F:6DB0 00000000:0000 0A 00000000:00000002 00:0 0 -1 0 2405915 3 0\n",
        "   0: 0100007F:6DB0 00000000:0000 0A 00000000:00000002 00:0 0 0 0 24O5915 3 0\n",
        "   0: 0100007F:6DB0 00000000:0000 0A 00000000:00000002 00:0 0 0 0 2405915\n",
        "   0: 0100007F:6DB0 00000000:0000 0A 00000000:00000002 00:0 0 0 0 9999999999999999999 3\n",
      })
  void aMalformedLineIsCountedAndTheNextIsRead(String line) throws IOException {
    assertThat(read(SocketQuery.TCP4_LISTENERS, line, LISTENER)).isEqualTo(complete(1, 1));
    assertThat(onlyRow().inode()).isEqualTo(2405915);
  }

  @ParameterizedTest
  @ValueSource(ints = {7, 8, 31, 33})
  void anIpv6AddressHas32Digits(int digits) throws IOException {
    String line = LISTENER6.replaceFirst("0{32}", "0".repeat(digits));
    assertThat(read(SocketQuery.TCP6_LISTENERS, line, LISTENER6)).isEqualTo(complete(1, 1));
  }

  @Test
  void aStateWithoutAMeaningIsUnknown() throws IOException {
    String unknown = ESTABLISHED.replace(" 01 ", " FF ");
    read(SocketQuery.TCP4_CONNECTIONS, unknown);
    assertThat(onlyRow().state()).isEqualTo(SocketState.UNKNOWN);
    assertThat(read(SocketQuery.TCP4_LISTENERS, unknown)).isEqualTo(complete(0, 0));
  }

  @Test
  void everyPrefixOfALineUpToItsInodeIsMalformed() throws IOException {
    int inodeEnd = LISTENER.indexOf("2405915") + "2405915".length();
    for (int length = 0; length <= inodeEnd; length++) {
      String prefix = LISTENER.substring(0, length) + "\n";
      assertThat(read(SocketQuery.TCP4_LISTENERS, prefix))
          .as("%d bytes", length)
          .isEqualTo(complete(0, 1));
    }
  }

  @Test
  void everyPrefixOfAFileIsReadWithoutAnException() throws IOException {
    String whole = HEADING + LISTENER + LISTENER;
    for (int length = 0; length < whole.length(); length++) {
      Files.writeString(folder.resolve("tcp"), whole.substring(0, length));
      int lineEnds = (int) whole.substring(0, length).chars().filter(c -> c == '\n').count();
      boolean cut = lineEnds > 0 && whole.charAt(length - 1) != '\n';
      assertThat(readFile(SocketQuery.TCP4_LISTENERS))
          .as("%d bytes", length)
          .isEqualTo(complete(lineEnds > 1 ? 1 : 0, cut ? 1 : 0));
    }
  }

  @Test
  void aSocketThatIsShownTwiceIsOneRow() throws IOException {
    String other = LISTENER.replace("2405915", "2405999");
    assertThat(read(SocketQuery.TCP4_LISTENERS, LISTENER, other, LISTENER))
        .isEqualTo(complete(2, 0));
  }

  @Test
  void connectionsWithoutAnInodeAreNoRepeats() throws IOException {
    assertThat(read(SocketQuery.TCP4_CONNECTIONS, ESTABLISHED, ESTABLISHED))
        .isEqualTo(complete(2, 0));
  }

  @Test
  void anInodeIsUnsigned() throws IOException {
    read(SocketQuery.TCP4_LISTENERS, LISTENER.replace("2405915", "4294967294"));
    assertThat(onlyRow().inode()).isEqualTo(4_294_967_294L);
  }

  @Test
  void linesMayLieAcrossPieces() throws IOException {
    String[] lines = new String[10_000];
    for (int i = 0; i < lines.length; i++) {
      lines[i] = LISTENER.replace("2405915", Integer.toString(1_000_000 + i));
    }
    assertThat(read(SocketQuery.TCP4_LISTENERS, lines)).isEqualTo(complete(10_000, 0));
    assertThat(rows).extracting(SocketRow::inode).doesNotHaveDuplicates();
    assertThat(rows).extracting(SocketRow::localPort).containsOnly(28080);
  }

  @Test
  void aLineOfTheLimitIsReadAndALongerOneSkipped() throws IOException {
    String limit = padded(ProcDump.MAX_LINE_BYTES);
    String longer = padded(ProcDump.MAX_LINE_BYTES + 1);
    assertThat(read(SocketQuery.TCP4_LISTENERS, limit)).isEqualTo(complete(1, 0));
    assertThat(read(SocketQuery.TCP4_LISTENERS, longer)).isEqualTo(complete(0, 1));
  }

  @Test
  void aLineWithoutEndIsOneMalformedLine() throws IOException {
    assertThat(read(SocketQuery.TCP4_LISTENERS, padded(200_000), LISTENER))
        .isEqualTo(complete(1, 1));
    assertThat(read(SocketQuery.TCP4_LISTENERS, LISTENER, "x".repeat(200_000)))
        .isEqualTo(complete(1, 1));
  }

  @Test
  void absentIpv6IsAnEmptyTableAndAbsentIpv4AFailure() {
    assertThat(readFile(SocketQuery.TCP6_LISTENERS)).isEqualTo(complete(0, 0));
    assertThat(readFile(SocketQuery.UDP6_LISTENERS)).isEqualTo(complete(0, 0));
    assertThat(readFile(SocketQuery.TCP4_LISTENERS))
        .isEqualTo(new Failed(PROC, "absent: " + folder.resolve("tcp")));
    assertThat(readFile(SocketQuery.UDP4_LISTENERS)).isInstanceOf(Failed.class);
  }

  @Test
  void aFileThatCannotBeReadIsAFailure() throws IOException {
    Files.createDirectory(folder.resolve("tcp6"));
    assertThat(readFile(SocketQuery.TCP6_LISTENERS))
        .isInstanceOfSatisfying(
            Failed.class, failed -> assertThat(failed.reason()).startsWith("unreadable: "));
  }

  @Test
  void aFileOfTheLimitIsReadAndALongerOneIsAFailure() throws IOException {
    maxFileBytes = (HEADING + LISTENER).length();
    assertThat(read(SocketQuery.TCP4_LISTENERS, LISTENER)).isEqualTo(complete(1, 0));
    maxFileBytes--;
    assertThat(read(SocketQuery.TCP4_LISTENERS, LISTENER)).isInstanceOf(Failed.class);
  }

  private ReadResult read(SocketQuery query, String... lines) throws IOException {
    String name = query.protocol().label() + (query.family() == AddressFamily.IPV6 ? "6" : "");
    Files.writeString(folder.resolve(name), HEADING + String.join("", lines));
    return readFile(query);
  }

  private ReadResult readFile(SocketQuery query) {
    rows.clear();
    return new ProcSocketTable(folder, order, maxFileBytes)
        .read(query, view -> rows.add(view.copy()));
  }

  private static String padded(int length) {
    String line = LISTENER.stripTrailing();
    return line + " ".repeat(length - line.length()) + "\n";
  }

  private static Complete complete(long rows, long malformed) {
    return new Complete(PROC, rows, malformed, false);
  }

  private SocketRow onlyRow() {
    assertThat(rows).hasSize(1);
    return rows.getFirst();
  }
}
