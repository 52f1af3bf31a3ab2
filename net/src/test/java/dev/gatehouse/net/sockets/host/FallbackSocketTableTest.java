package dev.gatehouse.net.sockets.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.time.Ticker;
import dev.gatehouse.net.sockets.ReadResult;
import dev.gatehouse.net.sockets.ReadResult.Complete;
import dev.gatehouse.net.sockets.ReadResult.Failed;
import dev.gatehouse.net.sockets.ReadResult.Unavailable;
import dev.gatehouse.net.sockets.RowVisitor;
import dev.gatehouse.net.sockets.SocketQuery;
import dev.gatehouse.net.sockets.SocketSource;
import dev.gatehouse.net.sockets.SocketTable;
import dev.gatehouse.net.sockets.SocketView;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FallbackSocketTableTest {

  private static final ReadResult BY_NETLINK = new Complete(SocketSource.NETLINK, 1, 0, false);
  private static final ReadResult BY_PROC = new Complete(SocketSource.PROC, 1, 0, false);
  private static final ReadResult REFUSED = new Unavailable(SocketSource.NETLINK, "ENOENT");

  private final Map<SocketQuery, ReadResult> netlink = new EnumMap<>(SocketQuery.class);
  private final SteppedTicker ticker = new SteppedTicker();
  private int asked;
  private final SocketTable table =
      new FallbackSocketTable(this::byNetlink, (_, _) -> BY_PROC, ticker);

  @Test
  void theFirstThatAnswersIsEnough() {
    assertThat(read(SocketQuery.TCP4_LISTENERS)).isEqualTo(BY_NETLINK);
  }

  @Test
  void anUnavailableTableIsReplacedAtOnce() {
    netlink.put(SocketQuery.UDP4_LISTENERS, REFUSED);
    assertThat(read(SocketQuery.UDP4_LISTENERS)).isEqualTo(BY_PROC);
  }

  @Test
  void onlyThatProtocolAndFamilyIsReplaced() {
    netlink.put(SocketQuery.UDP4_LISTENERS, REFUSED);
    read(SocketQuery.UDP4_LISTENERS);
    assertThat(read(SocketQuery.UDP6_LISTENERS)).isEqualTo(BY_NETLINK);
    assertThat(read(SocketQuery.TCP4_LISTENERS)).isEqualTo(BY_NETLINK);
  }

  @Test
  void listenersAndConnectionsOfAProtocolAreReplacedTogether() {
    netlink.put(SocketQuery.TCP4_LISTENERS, REFUSED);
    read(SocketQuery.TCP4_LISTENERS);
    assertThat(read(SocketQuery.TCP4_CONNECTIONS)).isEqualTo(BY_PROC);
  }

  @Test
  void aFailureIsNotReplaced() {
    ReadResult failed = new Failed(SocketSource.NETLINK, "timeout");
    netlink.put(SocketQuery.TCP4_LISTENERS, failed);
    assertThat(read(SocketQuery.TCP4_LISTENERS)).isEqualTo(failed);
  }

  @Test
  void anUnavailableTableIsAskedAgainAfterTenMinutes() {
    netlink.put(SocketQuery.TCP4_LISTENERS, REFUSED);
    read(SocketQuery.TCP4_LISTENERS);
    netlink.clear();
    ticker.advance(Duration.ofMinutes(10).minusNanos(1));
    assertThat(read(SocketQuery.TCP4_LISTENERS)).isEqualTo(BY_PROC);
    assertThat(asked).isEqualTo(1);
    ticker.advance(Duration.ofNanos(1));
    assertThat(read(SocketQuery.TCP4_LISTENERS)).isEqualTo(BY_NETLINK);
    assertThat(read(SocketQuery.TCP4_LISTENERS)).isEqualTo(BY_NETLINK);
  }

  @Test
  void aTableThatIsStillUnavailableRestsOnceMore() {
    netlink.put(SocketQuery.TCP4_LISTENERS, REFUSED);
    read(SocketQuery.TCP4_LISTENERS);
    ticker.advance(FallbackSocketTable.RETRY_AFTER);
    read(SocketQuery.TCP4_LISTENERS);
    ticker.advance(FallbackSocketTable.RETRY_AFTER.minusNanos(1));
    read(SocketQuery.TCP4_LISTENERS);
    assertThat(asked).isEqualTo(2);
  }

  @Test
  void theVisitorForgetsWhatTheFirstHadShown() {
    netlink.put(SocketQuery.TCP4_LISTENERS, REFUSED);
    RestartCounter visitor = new RestartCounter();
    table.read(SocketQuery.TCP4_LISTENERS, visitor);
    assertThat(visitor.restarts).isEqualTo(1);
    table.read(SocketQuery.TCP6_LISTENERS, visitor);
    assertThat(visitor.restarts).isEqualTo(1);
  }

  private ReadResult read(SocketQuery query) {
    return table.read(query, _ -> {});
  }

  private ReadResult byNetlink(SocketQuery query, RowVisitor visitor) {
    asked++;
    return netlink.getOrDefault(query, BY_NETLINK);
  }

  private static final class RestartCounter implements RowVisitor {

    private int restarts;

    @Override
    public void row(SocketView view) {
      throw new AssertionError("no row was sent");
    }

    @Override
    public void restart() {
      restarts++;
    }
  }

  /** Starts just before its numbers turn negative, as a monotonic clock may. */
  private static final class SteppedTicker implements Ticker {

    private long nanos = Long.MAX_VALUE;

    void advance(Duration by) {
      nanos += by.toNanos();
    }

    @Override
    public long nanos() {
      return nanos;
    }

    @Override
    public Instant now() {
      return Instant.EPOCH;
    }
  }
}
