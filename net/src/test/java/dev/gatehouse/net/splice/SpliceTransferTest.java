package dev.gatehouse.net.splice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.net.splice.SpliceRelay.Side;
import dev.gatehouse.testkit.Await;
import dev.gatehouse.testkit.LeakGuard;
import dev.gatehouse.testkit.LogGuard;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every byte and every end arrives, in order, whoever ends first and however slow one reads. */
@ExtendWith(LeakGuard.class)
@Timeout(60)
class SpliceTransferTest {

  private static final int LARGE = 64 * 1024;
  private static final int SMALL_BUFFER = 8 * 1024;
  private static final long REPLY = 3000;

  @RegisterExtension final LogGuard logs = new LogGuard();

  private final MultiThreadIoEventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
  private final PipePool pipes = new PipePool(8);
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void stop() throws InterruptedException {
    threads.shutdownNow();
    loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).sync();
    pipes.close();
  }

  /** Who sends. */
  enum Direction {
    UP,
    DOWN,
    BOTH;

    long bytes(Side from, long bytes) {
      boolean sends = this == BOTH || (this == UP) == (from == Side.CLIENT);
      return sends ? bytes : 0;
    }
  }

  /** How one reads. */
  enum Reader {
    FAST,
    /** A little at a time, into a small buffer of the kernel. */
    SLOW,
    /** Nothing, until the relay cannot move any more. */
    STOPS;

    int atATime() {
      return this == FAST ? LARGE : 1000;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, 8",
    "1, 8",
    "1024, 8",
    "40000, 64",
    "70000, 64",
    "200000, 16",
    "1000000, 6",
    "5000000, 2",
  })
  void deliversEveryByteBeforeTheEnd(long bytes, int rounds) throws Exception {
    for (int round = 0; round < rounds; round++) {
      for (Direction direction : Direction.values()) {
        for (Side first : Side.values()) {
          transfer(bytes, direction, first, LARGE, Reader.FAST);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Direction.class)
  void deliversTwoHundredMegabytes(Direction direction) throws Exception {
    transfer(200_000_000, direction, Side.CLIENT, 256 * 1024, Reader.FAST);
  }

  @ParameterizedTest
  @CsvSource({"1000, 1, 8", "40000, 1, 2", "70000, 100, 8", "1000000, 100, 1"})
  void deliversSmallSegments(long bytes, int segment, int rounds) throws Exception {
    for (int round = 0; round < rounds; round++) {
      for (Side first : Side.values()) {
        transfer(bytes, Direction.BOTH, first, segment, Reader.FAST);
        transfer(bytes, Direction.UP, first, segment, Reader.SLOW);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"SLOW", "STOPS"})
  void deliversToWhoIsSlow(Reader reader) throws Exception {
    for (Direction direction : Direction.values()) {
      for (Side first : Side.values()) {
        transfer(200_000, direction, first, LARGE, reader);
        transfer(5_000_000, direction, first, LARGE, reader);
      }
    }
  }

  /** Of one length the last bytes wait in the pipe when the end comes. */
  @ParameterizedTest
  @ValueSource(ints = {100, LARGE})
  void deliversWhatIsInThePipeWhenTheEndComes(int segment) throws Exception {
    for (long bytes = 10_000; bytes <= 250_000; bytes += 10_000) {
      transfer(bytes, Direction.UP, Side.CLIENT, segment, Reader.STOPS);
    }
  }

  /** One ends, the other reads that end, answers and ends too. */
  @ParameterizedTest
  @EnumSource(Side.class)
  void aReplyAfterTheEndArrives(Side first) throws Exception {
    for (long bytes : new long[] {0, 1, 1024, 40_000, 70_000, 200_000, 1_000_000, 5_000_000}) {
      try (Peers peers = new Peers(loops.next(), 0).join(pipes)) {
        Socket asks = peers.peer(first);
        Socket answers = peers.peer(first.other());
        Future<Payload> request = threads.submit(() -> Payload.readToEnd(answers, LARGE));
        Payload.send(asks, bytes, LARGE);
        asks.shutdownOutput();
        assertThat(request.get()).isEqualTo(Payload.of(bytes));

        Future<Payload> reply = threads.submit(() -> Payload.readToEnd(asks, LARGE));
        Payload.send(answers, bytes + REPLY, LARGE);
        answers.shutdownOutput();
        assertThat(reply.get()).isEqualTo(Payload.of(bytes + REPLY));
        assertFinished(peers, first);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Side.class)
  void aResetIsPassedOnAfterWhatWasRead(Side culprit) throws Exception {
    for (long bytes : new long[] {0, 1, 1024, 40_000, 70_000, 200_000, 1_000_000, 5_000_000}) {
      try (Peers peers = new Peers(loops.next(), 0).join(pipes)) {
        Socket other = peers.peer(culprit.other());
        Future<Payload> read = threads.submit(() -> Payload.read(other, bytes, LARGE));
        Payload.send(peers.peer(culprit), bytes, LARGE);
        assertThat(read.get()).isEqualTo(Payload.of(bytes));

        Peers.reset(peers.peer(culprit));
        assertThatThrownBy(() -> other.getInputStream().read()).isInstanceOf(IOException.class);
        peers.awaitClosed();
        assertThat(peers.events()).containsExactly("joined", "failed " + culprit);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Side.class)
  void aResetWhileTheOtherSideDoesNotReadEndsBoth(Side culprit) throws Exception {
    try (Peers peers = new Peers(loops.next(), SMALL_BUFFER).join(pipes)) {
      Socket sender = peers.peer(culprit);
      Future<?> sending = threads.submit(() -> sendForever(sender));
      awaitStandstill(peers, culprit);
      Peers.reset(sender);
      peers.awaitClosed();
      sending.get();
      assertThat(peers.events()).containsExactly("joined", "failed " + culprit);
    }
  }

  @ParameterizedTest
  @EnumSource(Side.class)
  void aResetAfterTheEndOfTheOtherSideEndsBoth(Side culprit) throws Exception {
    try (Peers peers = new Peers(loops.next(), 0).join(pipes)) {
      peers.peer(culprit.other()).shutdownOutput();
      assertThat(peers.peer(culprit).getInputStream().read()).isEqualTo(-1);
      Peers.reset(peers.peer(culprit));
      peers.awaitClosed();
      assertThat(peers.events())
          .containsExactly("joined", "ended " + culprit.other(), "failed " + culprit);
    }
  }

  @Test
  void aStoppedReaderBoundsWhatIsOnTheWay() throws Exception {
    try (Peers peers = new Peers(loops.next(), SMALL_BUFFER).join(pipes)) {
      Future<?> sending = threads.submit(() -> sendForever(peers.client));
      awaitStandstill(peers, Side.CLIENT);
      // the pipe, and what the kernel buffers towards the stopped reader
      assertThat(peers.received(Side.CLIENT)).isLessThan(1_000_000);
      peers.onLoop(() -> peers.clientLeg.close());
      peers.client.close();
      sending.get();
    }
  }

  @Test
  void countsWhatEachSideSent() throws Exception {
    try (Peers peers = new Peers(loops.next(), 0).join(pipes)) {
      Payload.send(peers.client, 100_000, LARGE);
      Payload.send(peers.backend, 50_000, LARGE);
      Payload.read(peers.backend, 100_000, LARGE);
      Payload.read(peers.client, 50_000, LARGE);
      assertThat(peers.received(Side.CLIENT)).isEqualTo(100_000);
      assertThat(peers.received(Side.BACKEND)).isEqualTo(50_000);
    }
  }

  private void transfer(long bytes, Direction direction, Side first, int segment, Reader reader)
      throws Exception {
    int receiveBytes = reader == Reader.FAST ? 0 : SMALL_BUFFER;
    try (Peers peers = new Peers(loops.next(), receiveBytes).join(pipes)) {
      Side second = first.other();
      long firstBytes = direction.bytes(first, bytes);
      long secondBytes = direction.bytes(second, bytes);
      Future<?> sending = send(peers.peer(first), firstBytes, segment, true);
      Future<?> answering = send(peers.peer(second), secondBytes, segment, false);
      if (reader == Reader.STOPS) {
        awaitStandstill(peers, firstBytes > 0 ? first : second);
      }
      Future<Payload> back = read(peers.peer(first), secondBytes, reader);
      assertThat(Payload.readToEnd(peers.peer(second), reader.atATime()))
          .isEqualTo(Payload.of(firstBytes));
      sending.get();
      answering.get();
      assertThat(back.get()).isEqualTo(Payload.of(secondBytes));
      peers.peer(second).shutdownOutput();
      assertThat(peers.peer(first).getInputStream().read()).isEqualTo(-1);
      assertFinished(peers, first);
    }
  }

  private Future<?> send(Socket peer, long bytes, int segment, boolean ends) {
    return threads.submit(
        () -> {
          Payload.send(peer, bytes, segment);
          if (ends) {
            peer.shutdownOutput();
          }
          return true;
        });
  }

  private Future<Payload> read(Socket peer, long bytes, Reader reader) {
    return threads.submit(() -> Payload.read(peer, bytes, reader.atATime()));
  }

  /** Until the reset, or the close, of its connection. */
  private static boolean sendForever(Socket peer) {
    try {
      Payload.send(peer, Long.MAX_VALUE, LARGE);
      return false;
    } catch (IOException expected) {
      return true;
    }
  }

  /** Waits until the relay reads nothing more from a side. */
  private static void awaitStandstill(Peers peers, Side side) throws Exception {
    long[] last = {-1, 0};
    Await.until(
        "standstill",
        () -> {
          long now = peers.received(side);
          last[1] = now == last[0] ? last[1] + 1 : 0;
          last[0] = now;
          return last[1] == 5;
        });
  }

  private static void assertFinished(Peers peers, Side first) throws Exception {
    peers.awaitClosed();
    assertThat(peers.events())
        .containsExactly("joined", "ended " + first, "ended " + first.other(), "finished");
  }
}
