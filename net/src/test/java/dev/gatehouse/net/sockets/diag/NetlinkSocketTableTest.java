package dev.gatehouse.net.sockets.diag;

import static dev.gatehouse.net.sockets.SocketSource.NETLINK;
import static dev.gatehouse.net.sockets.diag.DiagMessages.DONE;
import static dev.gatehouse.net.sockets.diag.DiagMessages.DONE_WITHOUT_MODULE;
import static dev.gatehouse.net.sockets.diag.DiagMessages.DUMP_INTR;
import static dev.gatehouse.net.sockets.diag.DiagMessages.FLAGS;
import static dev.gatehouse.net.sockets.diag.DiagMessages.LISTEN4;
import static dev.gatehouse.net.sockets.diag.DiagMessages.LISTEN6;
import static dev.gatehouse.net.sockets.diag.DiagMessages.bytes;
import static dev.gatehouse.net.sockets.diag.DiagMessages.error;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.gatehouse.net.sockets.ReadResult;
import dev.gatehouse.net.sockets.ReadResult.Complete;
import dev.gatehouse.net.sockets.ReadResult.Failed;
import dev.gatehouse.net.sockets.ReadResult.Unavailable;
import dev.gatehouse.net.sockets.RowVisitor;
import dev.gatehouse.net.sockets.SocketQuery;
import dev.gatehouse.net.sockets.SocketView;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetlinkSocketTableTest {

  private final ScriptedNetlink kernel = new ScriptedNetlink();
  private final NetlinkSocketTable table = new NetlinkSocketTable(kernel);
  private final Ports ports = new Ports();

  @BeforeEach
  void vectorsAreLittleEndian() {
    assumeThat(ByteOrder.nativeOrder()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
  }

  @AfterEach
  void theSocketIsClosedHoweverAReadEnds() {
    assertThat(kernel.isOpen()).isFalse();
  }

  @Test
  void readsDatagramsUntilTheEnd() {
    kernel.answer(bytes(LISTEN4)).answer(bytes(LISTEN6, DONE));
    assertThat(read()).isEqualTo(new Complete(NETLINK, 2, 0, false));
    assertThat(ports.seen).containsExactly(28080, 28081);
  }

  @Test
  void aDatagramOfAnotherSenderIsIgnored() {
    kernel.answerFrom(4711, bytes(LISTEN6, DONE)).answer(bytes(LISTEN4, DONE));
    assertThat(read()).isEqualTo(new Complete(NETLINK, 1, 0, false));
    assertThat(ports.seen).containsExactly(28080);
  }

  @Test
  void aMissingModuleIsUnavailable() {
    kernel.answer(bytes(DONE_WITHOUT_MODULE));
    assertThat(read()).isEqualTo(new Unavailable(NETLINK, "ENOENT"));
  }

  @ParameterizedTest
  @CsvSource({"1, EPERM", "2, ENOENT", "13, EACCES", "93, EPROTONOSUPPORT", "97, EAFNOSUPPORT"})
  void aRefusalIsUnavailableWhereverItComesFrom(int errno, String name) {
    kernel.answer(bytes(error(errno)));
    assertThat(read()).isEqualTo(new Unavailable(NETLINK, name));
    assertThat(read(new ScriptedNetlink().failToOpen(errno)))
        .isEqualTo(new Unavailable(NETLINK, name));
    assertThat(read(new ScriptedNetlink().failToSend(errno)))
        .isEqualTo(new Unavailable(NETLINK, name));
  }

  @ParameterizedTest
  @CsvSource({"22, errno 22", "105, ENOBUFS", "11, timeout"})
  void anyOtherErrorIsAFailure(int errno, String reason) {
    kernel.answer(bytes(error(errno)));
    assertThat(read()).isEqualTo(new Failed(NETLINK, reason));
    assertThat(read(new ScriptedNetlink().answerResult(-errno)))
        .isEqualTo(new Failed(NETLINK, reason));
  }

  @Test
  void anAnswerThatStopsIsATimeout() {
    kernel.answer(bytes(LISTEN4)).answerResult(-11);
    assertThat(read()).isEqualTo(new Failed(NETLINK, "timeout"));
  }

  @Test
  void aDatagramThatWasCutIsAFailure() {
    kernel.answerResult(513);
    assertThat(read())
        .isEqualTo(new Failed(NETLINK, "truncated: datagram of 513 bytes (expected: <= 512)"));
  }

  @Test
  void aDatagramThatFillsTheBufferIsRead() {
    kernel.answer(bytes(LISTEN4, LISTEN4, LISTEN4, LISTEN4, "10000000" + "00".repeat(12)));
    kernel.answer(bytes(DONE));
    assertThat(read()).isEqualTo(new Complete(NETLINK, 4, 0, false));
  }

  @Test
  void anInterruptedDumpIsRepeatedOnceMore() {
    kernel.answer(interrupted()).answer(bytes(DONE)).answer(bytes(LISTEN6, DONE));
    assertThat(read()).isEqualTo(new Complete(NETLINK, 1, 0, false));
    assertThat(ports.seen).as("the first attempt is forgotten").containsExactly(28081);
    assertThat(kernel.sequences()).containsExactly(1, 2);
  }

  @Test
  void aDumpThatIsInterruptedFourTimesIsTakenAsItIs() {
    for (int attempt = 0; attempt < 4; attempt++) {
      kernel.answer(interrupted()).answer(bytes(DONE));
    }
    assertThat(read()).isEqualTo(new Complete(NETLINK, 1, 0, true));
    assertThat(ports.seen).containsExactly(28080);
    assertThat(kernel.sequences()).containsExactly(1, 2, 3, 4);
  }

  @Test
  void nothingReachesTheNextQuery() {
    kernel.answer(bytes(LISTEN4)).answerResult(-11).answer(bytes(DONE));
    read();
    assertThat(read()).isEqualTo(new Complete(NETLINK, 0, 0, false));
    assertThat(kernel.sequences()).containsExactly(1, 2);
  }

  @Test
  void aVisitorThatThrowsLeavesNoSocketOpen() {
    kernel.answer(bytes(LISTEN4, DONE));
    RowVisitor broken =
        _ -> {
          throw new IllegalStateException("full");
        };
    assertThatThrownBy(() -> table.read(SocketQuery.TCP4_LISTENERS, broken)).hasMessage("full");
  }

  private ReadResult read() {
    return table.read(SocketQuery.TCP4_LISTENERS, ports);
  }

  private static ReadResult read(ScriptedNetlink kernel) {
    return new NetlinkSocketTable(kernel).read(SocketQuery.TCP4_LISTENERS, _ -> {});
  }

  private static ByteBuffer interrupted() {
    return bytes(LISTEN4).putShort(FLAGS, DUMP_INTR);
  }

  private static final class Ports implements RowVisitor {

    private final List<Integer> seen = new ArrayList<>();

    @Override
    public void row(SocketView view) {
      seen.add(view.localPort());
    }

    @Override
    public void restart() {
      seen.clear();
    }
  }
}
