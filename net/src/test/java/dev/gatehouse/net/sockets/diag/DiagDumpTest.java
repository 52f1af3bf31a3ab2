package dev.gatehouse.net.sockets.diag;

import static dev.gatehouse.net.sockets.diag.DiagMessages.ATTRIBUTES;
import static dev.gatehouse.net.sockets.diag.DiagMessages.DONE;
import static dev.gatehouse.net.sockets.diag.DiagMessages.DONE_WITHOUT_MODULE;
import static dev.gatehouse.net.sockets.diag.DiagMessages.DUMP_INTR;
import static dev.gatehouse.net.sockets.diag.DiagMessages.FLAGS;
import static dev.gatehouse.net.sockets.diag.DiagMessages.LENGTH;
import static dev.gatehouse.net.sockets.diag.DiagMessages.LISTEN4;
import static dev.gatehouse.net.sockets.diag.DiagMessages.LISTEN6;
import static dev.gatehouse.net.sockets.diag.DiagMessages.NOOP;
import static dev.gatehouse.net.sockets.diag.DiagMessages.OVERRUN;
import static dev.gatehouse.net.sockets.diag.DiagMessages.ROW;
import static dev.gatehouse.net.sockets.diag.DiagMessages.SEQUENCE;
import static dev.gatehouse.net.sockets.diag.DiagMessages.TYPE;
import static dev.gatehouse.net.sockets.diag.DiagMessages.UDP4;
import static dev.gatehouse.net.sockets.diag.DiagMessages.bytes;
import static dev.gatehouse.net.sockets.diag.DiagMessages.error;
import static dev.gatehouse.net.sockets.diag.DiagMessages.segment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.gatehouse.kernel.address.AddressFamily;
import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.net.sockets.Protocol;
import dev.gatehouse.net.sockets.SocketQuery;
import dev.gatehouse.net.sockets.SocketRow;
import dev.gatehouse.net.sockets.SocketState;
import dev.gatehouse.net.sockets.V6Only;
import dev.gatehouse.net.sockets.diag.DiagProgress.Broken;
import dev.gatehouse.net.sockets.diag.DiagProgress.Done;
import dev.gatehouse.net.sockets.diag.DiagProgress.More;
import dev.gatehouse.net.sockets.diag.DiagProgress.Refused;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DiagDumpTest {

  private static final IpAddress LOOPBACK = IpAddress.ipv4(0x7f000001);

  private final List<SocketRow> rows = new ArrayList<>();
  private DiagDump dump = dump(SocketQuery.TCP4_LISTENERS);

  @BeforeEach
  void vectorsAreLittleEndian() {
    assumeThat(ByteOrder.nativeOrder()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
  }

  @Test
  void readsAnIpv4Listener() {
    assertThat(read(bytes(LISTEN4))).isEqualTo(new More());
    assertThat(rows)
        .containsExactly(
            new SocketRow(
                Protocol.TCP,
                AddressFamily.IPV4,
                SocketState.LISTEN,
                LOOPBACK,
                28080,
                IpAddress.ANY_IPV4,
                0,
                0,
                42478,
                0,
                2405915,
                2,
                128,
                V6Only.UNKNOWN,
                1,
                false,
                -1,
                -1));
  }

  @Test
  void readsAnIpv6ListenerThatTakesIpv4() {
    dump = dump(SocketQuery.TCP6_LISTENERS);
    assertThat(read(bytes(LISTEN6))).isEqualTo(new More());
    assertThat(rows)
        .containsExactly(
            new SocketRow(
                Protocol.TCP,
                AddressFamily.IPV6,
                SocketState.LISTEN,
                IpAddress.ANY_IPV6,
                28081,
                IpAddress.ANY_IPV6,
                0,
                0,
                42480,
                0,
                2405916,
                0,
                128,
                V6Only.NO,
                1,
                false,
                -1,
                -1));
  }

  @Test
  void readsTheMemoryOfAUdpSocket() {
    dump = dump(SocketQuery.UDP4_LISTENERS);
    read(bytes(UDP4));
    SocketRow row = onlyRow();
    assertThat(row.receiveBuffer()).isEqualTo(212_992);
    assertThat(row.drops()).isZero();
    assertThat(row.uid()).isEqualTo(1000);
  }

  @Test
  void dropsAreTheLastWordOfTheMemoryAndUnsigned() {
    dump = dump(SocketQuery.UDP4_LISTENERS);
    ByteBuffer udp = bytes(UDP4);
    udp.putInt(udp.capacity() - Integer.BYTES, -2);
    read(udp);
    assertThat(onlyRow().drops()).isEqualTo(0xffff_fffeL);
  }

  @Test
  void aUdpSocketWithAPeerIsNoListenerWhateverItsState() {
    dump = dump(SocketQuery.UDP4_LISTENERS);
    read(bytes(UDP4).put(ROW + 24, (byte) 127));
    read(bytes(UDP4).put(ROW + 7, (byte) 53));
    assertThat(rows).isEmpty();
    assertThat(dump.rows()).isZero();
  }

  @Test
  void twoRowsAndTheEndAreATable() {
    assertThat(read(bytes(LISTEN4, LISTEN6, DONE))).isEqualTo(new Done());
    assertThat(rows).extracting(SocketRow::localPort).containsExactly(28080, 28081);
    assertThat(dump.rows()).isEqualTo(2);
    assertThat(dump.malformed()).isZero();
    assertThat(dump.interrupted()).isFalse();
  }

  @Test
  void anEndAloneIsAnEmptyTable() {
    assertThat(read(bytes(DONE))).isEqualTo(new Done());
    assertThat(rows).isEmpty();
  }

  @Test
  void aMissingModuleIsToldAtTheEnd() {
    assertThat(read(bytes(DONE_WITHOUT_MODULE))).isEqualTo(new Refused(2));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 13, 22})
  void anErrorIsItsNumber(int errno) {
    assertThat(read(bytes(error(errno)))).isEqualTo(new Refused(errno));
  }

  @Test
  void anErrorOfZeroIsAnAcknowledgement() {
    assertThat(read(bytes(error(0), LISTEN4, DONE))).isEqualTo(new Done());
    assertThat(rows).hasSize(1);
  }

  @Test
  void anOverrunBreaksTheDump() {
    assertThat(read(bytes(LISTEN4, OVERRUN, LISTEN6))).isEqualTo(new Broken("overrun"));
  }

  @ParameterizedTest
  @ValueSource(strings = {LISTEN4, LISTEN6, UDP4, DONE, NOOP})
  void everyProperPrefixIsMalformedAndShowsNoRow(String message) {
    MemorySegment whole = segment(bytes(message));
    for (int length = 0; length < whole.byteSize(); length++) {
      MemorySegment prefix = whole.asSlice(0, length);
      assertThat(dump.read(prefix, length)).as("%d bytes", length).isInstanceOf(Broken.class);
    }
    assertThat(rows).isEmpty();
  }

  @Test
  void whatIsLeftInTheBufferBeyondTheDatagramIsNotRead() {
    ByteBuffer both = bytes(LISTEN4, LISTEN6);
    assertThat(dump.read(segment(both), 124)).isEqualTo(new More());
    assertThat(rows).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 15, -1, 125, Integer.MIN_VALUE})
  void aLengthThatCannotBeIsMalformed(int length) {
    assertThat(read(bytes(LISTEN4).putInt(LENGTH, length))).isInstanceOf(Broken.class);
    assertThat(rows).isEmpty();
  }

  @Test
  void theReasonGivesTheValue() {
    assertThat(read(bytes(LISTEN4).putInt(LENGTH, -1)))
        .isEqualTo(new Broken("malformed: message length of 4294967295 bytes"));
  }

  @Test
  void anEndWithoutItsNumberIsMalformed() {
    assertThat(read(bytes("10000000 0300 0200 01000000 830a0000"))).isInstanceOf(Broken.class);
  }

  @Test
  void aRowOf71BytesIsSkippedAndCounted() {
    ByteBuffer shortRow = bytes(LISTEN4.replace(" ", "").substring(0, 2 * (ROW + 72)), DONE);
    shortRow.putInt(LENGTH, ROW + 71);
    assertThat(read(shortRow)).isEqualTo(new Done());
    assertThat(rows).isEmpty();
    assertThat(dump.malformed()).isEqualTo(1);
  }

  @Test
  void aRowOf72BytesIsComplete() {
    ByteBuffer bare = bytes(LISTEN4.replace(" ", "").substring(0, 2 * (ROW + 72)), DONE);
    bare.putInt(LENGTH, ROW + 72);
    assertThat(read(bare)).isEqualTo(new Done());
    assertThat(onlyRow().inode()).isEqualTo(2405915);
    assertThat(onlyRow().cgroupId()).isZero();
    assertThat(onlyRow().v6Only()).isEqualTo(V6Only.UNKNOWN);
  }

  @Test
  void aRowOfAnotherFamilyIsSkippedAndCounted() {
    read(bytes(LISTEN4).put(ROW, (byte) 1));
    assertThat(rows).isEmpty();
    assertThat(dump.malformed()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(shorts = {0, 3, 21, Short.MAX_VALUE, -1})
  void anAttributeThatOverrunsKeepsTheRowAndTheAttributesSoFar(short length) {
    // the third attribute is the cgroup, the fourth the options
    int options = ATTRIBUTES + 8 + 8 + 12;
    ByteBuffer bytes = bytes(LISTEN4).put(options + 4, (byte) 0xff).putShort(options, length);
    assertThat(read(bytes)).isEqualTo(new More());
    assertThat(onlyRow().cgroupId()).isEqualTo(1);
    assertThat(onlyRow().transparent()).isFalse();
  }

  @Test
  void attributesAfterAnOverrunAreNotRead() {
    read(bytes(LISTEN4).putShort(ATTRIBUTES, (short) 3));
    assertThat(onlyRow().cgroupId()).isZero();
  }

  @Test
  void anAttributeThatIsTooShortForItsKindIsUnknown() {
    int cgroup = ATTRIBUTES + 8 + 8;
    read(bytes(LISTEN4).putShort(cgroup, (short) 11));
    assertThat(onlyRow().cgroupId()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {0x8000, 0x4000, 0xc000})
  void flagsInTheTypeOfAnAttributeAreMasked(int flags) {
    int cgroup = ATTRIBUTES + 8 + 8;
    read(bytes(LISTEN4).putShort(cgroup + 2, (short) (21 | flags)));
    assertThat(onlyRow().cgroupId()).isEqualTo(1);
  }

  @Test
  void anAttributeOfOneRowIsNotThatOfTheNext() {
    ByteBuffer bare = bytes(LISTEN4.replace(" ", "").substring(0, 2 * (ROW + 72)));
    bare.putInt(LENGTH, ROW + 72);
    dump = dump(SocketQuery.TCP6_LISTENERS);
    read(bytes(LISTEN6));
    read(bare);
    assertThat(rows.get(1).v6Only()).isEqualTo(V6Only.UNKNOWN);
    assertThat(rows.get(1).cgroupId()).isZero();
  }

  @Test
  void readsIpv6OnlyAndTransparent() {
    int v6Only = ATTRIBUTES + 8;
    int options = v6Only + 8 + 8 + 12;
    ByteBuffer bytes = bytes(LISTEN6).put(v6Only + 4, (byte) 1);
    read(bytes.put(options + 4, (byte) 0x20));
    assertThat(onlyRow().v6Only()).isEqualTo(V6Only.YES);
    assertThat(onlyRow().transparent()).isTrue();
  }

  @Test
  void theAnswerToAnOlderQueryIsIgnored() {
    ByteBuffer older = bytes(LISTEN4, DONE).putInt(SEQUENCE, 0).putInt(124 + SEQUENCE, 0);
    older.putShort(FLAGS, DUMP_INTR);
    assertThat(read(older)).isEqualTo(new More());
    assertThat(rows).isEmpty();
    assertThat(dump.interrupted()).isFalse();
  }

  @Test
  void messagesWithoutMeaningAreSkipped() {
    assertThat(read(bytes(LISTEN4, NOOP, LISTEN6, DONE))).isEqualTo(new Done());
    assertThat(read(bytes(LISTEN4).putShort(TYPE, (short) 99))).isEqualTo(new More());
    assertThat(rows).hasSize(2);
  }

  @Test
  void anInterruptionOnAnyMessageIsRemembered() {
    read(bytes(LISTEN4).putShort(FLAGS, (short) (DUMP_INTR | 2)));
    assertThat(read(bytes(DONE))).isEqualTo(new Done());
    assertThat(dump.interrupted()).isTrue();
  }

  @Test
  void aHalfOpenRequestIsAConnectionWithoutInode() {
    dump = dump(SocketQuery.TCP4_CONNECTIONS);
    read(bytes(LISTEN4).put(ROW + 1, (byte) 3).putInt(ROW + 68, 0));
    assertThat(onlyRow().state()).isEqualTo(SocketState.SYN_RECV);
    assertThat(onlyRow().inode()).isZero();
  }

  @ParameterizedTest
  @ValueSource(bytes = {0, 12, -1})
  void aStateWithoutAMeaningIsUnknown(byte state) {
    dump = dump(SocketQuery.TCP4_CONNECTIONS);
    read(bytes(LISTEN4).put(ROW + 1, state));
    assertThat(onlyRow().state()).isEqualTo(SocketState.UNKNOWN);
  }

  @Test
  void numbersOf32BitsAreUnsigned() {
    ByteBuffer bytes = bytes(LISTEN4).putInt(ROW + 68, -2).putInt(ROW + 64, -1);
    read(bytes.putInt(ROW + 44, -1).putInt(ROW + 48, 1).putShort(ROW + 4, (short) -1));
    assertThat(onlyRow().inode()).isEqualTo(4_294_967_294L);
    assertThat(onlyRow().uid()).isEqualTo(4_294_967_295L);
    assertThat(onlyRow().cookie()).isEqualTo(0x1_ffff_ffffL);
    assertThat(onlyRow().localPort()).isEqualTo(65_535);
  }

  @Test
  void anIpv6AddressIsInNetworkOrder() {
    dump = dump(SocketQuery.TCP6_LISTENERS);
    ByteBuffer bytes = bytes(LISTEN6);
    IpAddress address = IpAddress.parse("2001:db8:1:2:3:4:5:6").orElseThrow();
    read(bytes.put(ROW + 8, address.bytes()));
    assertThat(onlyRow().localAddress()).isEqualTo(address);
  }

  private DiagDump dump(SocketQuery query) {
    return new DiagDump(query, 1, view -> rows.add(view.copy()));
  }

  private DiagProgress read(ByteBuffer datagram) {
    return dump.read(segment(datagram), datagram.capacity());
  }

  private SocketRow onlyRow() {
    assertThat(rows).hasSize(1);
    return rows.getFirst();
  }
}
