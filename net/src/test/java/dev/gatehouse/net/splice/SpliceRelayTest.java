package dev.gatehouse.net.splice;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.net.splice.SpliceRelay.Side;
import dev.gatehouse.net.syscall.Errno;
import dev.gatehouse.testkit.Await;
import dev.gatehouse.testkit.LeakGuard;
import dev.gatehouse.testkit.LogGuard;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.unix.Errors.NativeIoException;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(LeakGuard.class)
@Timeout(60)
class SpliceRelayTest {

  private static final byte[] PING = "ping".getBytes(US_ASCII);
  private static final byte[] TWO_PINGS = "pingping".getBytes(US_ASCII);

  @RegisterExtension final LogGuard logs = new LogGuard();

  private final CountingLoops loops = new CountingLoops();
  private final PipePool pipes = new PipePool(8);

  @AfterEach
  void stop() throws InterruptedException {
    loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).sync();
    pipes.close();
  }

  @Test
  void onlySocketsOfEpollCanBeJoined() throws Exception {
    try (Peers peers = new Peers(loops.next(), 0)) {
      assertThat(SpliceRelay.isPossible(peers.clientLeg)).isTrue();
    }
    Channel nio = new NioSocketChannel();
    assertThat(SpliceRelay.isPossible(nio)).isFalse();
    nio.unsafe().closeForcibly();
  }

  @Test
  void withoutPipesNothingIsTouched() throws Exception {
    FailingPipes failing = new FailingPipes();
    try (Peers peers = new Peers(loops.next(), 0);
        PipePool one = new PipePool(2, failing)) {
      for (int refusedAt = 0; refusedAt < 2; refusedAt++) {
        failing.allow(refusedAt);
        Join join =
            peers.onLoop(
                () -> SpliceRelay.join(peers.clientLeg, peers.backendLeg, Set.of(), one, peers));
        assertThat(join).isEqualTo(new Join.Refused(Shortage.FD_LIMIT));
      }
      assertThat(one.kept()).as("the first pipe came back").isEqualTo(1);
      assertThat(peers.clientLeg.isRegistered()).isTrue();
      assertThat(peers.clientLeg.pipeline().first().getClass())
          .isEqualTo(ChannelInboundHandlerAdapter.class);
      assertThat(peers.events()).isEmpty();
    }
  }

  @Test
  void aChannelThatIsBusyIsRefused() throws Exception {
    try (Peers peers = new Peers(loops.next(), 0)) {
      peers.onLoop(() -> peers.clientLeg.write(buffer(PING)));
      assertThatThrownBy(() -> peers.onLoop(() -> peers.begin(pipes, Set.of())))
          .isInstanceOf(ExecutionException.class)
          .hasMessageContaining("busy");
    }
    try (Peers peers = new Peers(loops.next(), 0)) {
      peers.backendLeg.config().setAutoRead(true);
      assertThatThrownBy(() -> peers.onLoop(() -> peers.begin(pipes, Set.of())))
          .hasMessageContaining("busy");
    }
  }

  @Test
  void whatArrivedBeforeItBeganIsRelayed() throws Exception {
    try (Peers peers = new Peers(loops.next(), 0)) {
      peers.client.getOutputStream().write(PING);
      peers.join(pipes);
      peers.client.shutdownOutput();
      assertThat(peers.backend.getInputStream().readAllBytes()).isEqualTo(PING);
      assertThat(peers.received(Side.CLIENT)).isEqualTo(PING.length);
    }
  }

  @ParameterizedTest
  @EnumSource(Side.class)
  void whatNettyReadsDuringTheHandOverComesFirst(Side side) throws Exception {
    byte[] early = new byte[200_000];
    early[early.length - 1] = 1;
    try (Peers peers = new Peers(loops.next(), 0)) {
      peers.peer(side).getOutputStream().write(PING);
      peers.onLoop(
          () -> {
            peers.begin(pipes, Set.of());
            peers.leg(side).pipeline().fireChannelRead(buffer(PING)).fireChannelReadComplete();
            return peers.leg(side).pipeline().fireChannelRead(buffer(early));
          });
      peers.peer(side).shutdownOutput();
      Socket other = peers.peer(side.other());
      assertThat(other.getInputStream().readNBytes(PING.length)).isEqualTo(PING);
      assertThat(other.getInputStream().readNBytes(early.length)).isEqualTo(early);
      assertThat(other.getInputStream().readAllBytes()).isEqualTo(PING);
      assertThat(peers.received(side)).isEqualTo(early.length + 2 * PING.length);
    }
  }

  @Test
  void anEndDuringTheHandOverIsPassedOnBehindWhatWasRead() throws Exception {
    try (Peers peers = new Peers(loops.next(), 0)) {
      peers.onLoop(
          () -> {
            peers.begin(pipes, Set.of());
            return peers
                .clientLeg
                .pipeline()
                .fireChannelRead(buffer(PING))
                .fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
          });
      peers.awaitEvent("ended CLIENT");
      assertThat(peers.backend.getInputStream().readAllBytes()).isEqualTo(PING);
    }
  }

  /** It begins while the loop still has an event of the other socket in its hands. */
  @Test
  void losesNothingIfBothSidesSpeakWhileItBegins() throws Exception {
    for (int round = 0; round < 50; round++) {
      try (Peers peers = new Peers(loops.next(), 0)) {
        peers.client.getOutputStream().write(PING);
        peers.backend.getOutputStream().write(PING);
        peers.onLoop(
            () -> {
              peers.clientLeg.pipeline().addLast(new JoinAtFirstByte(peers, peers.backendLeg));
              peers.backendLeg.pipeline().addLast(new JoinAtFirstByte(peers, peers.clientLeg));
              peers.clientLeg.read();
              return peers.backendLeg.read();
            });
        peers.awaitEvent("joined");
        peers.client.getOutputStream().write(PING);
        peers.client.shutdownOutput();
        peers.backend.getOutputStream().write(PING);
        peers.backend.shutdownOutput();
        assertThat(peers.backend.getInputStream().readAllBytes()).isEqualTo(TWO_PINGS);
        assertThat(peers.client.getInputStream().readAllBytes()).isEqualTo(TWO_PINGS);
        assertThat(peers.received(Side.CLIENT) + peers.received(Side.BACKEND))
            .as("one ping was copied before it began, one was read by Netty after")
            .isEqualTo(3L * PING.length);
      }
    }
  }

  @Test
  void anErrorDuringTheHandOverIsAFailure() throws Exception {
    try (Peers peers = new Peers(loops.next(), 0)) {
      peers.onLoop(
          () -> {
            peers.begin(pipes, Set.of());
            peers.clientLeg.pipeline().fireChannelRead(buffer(PING));
            return peers.backendLeg.pipeline().fireExceptionCaught(new IOException("reset"));
          });
      peers.awaitClosed();
      assertThat(peers.events()).containsExactly("failed BACKEND");
    }
  }

  @Test
  void aCloseDuringTheHandOverIsSilent() throws Exception {
    try (Peers peers = new Peers(loops.next(), 0)) {
      peers.onLoop(
          () -> {
            SpliceRelay relay = peers.begin(pipes, Set.of());
            relay.close();
            relay.close();
            return peers.clientLeg.pipeline().fireChannelRead(buffer(PING));
          });
      Await.until("detached", () -> !peers.backendLeg.isRegistered());
      assertThat(peers.clientLeg.isOpen()).isTrue();
      assertThat(peers.events()).isEmpty();
      assertThat(pipes.kept()).isEqualTo(2);
    }
  }

  @Test
  void anEndPassedOnBeforeIsNotPassedOnAgain() throws Exception {
    try (Peers peers = new Peers(loops.next(), 0)) {
      peers.client.shutdownOutput();
      ((SocketChannel) peers.backendLeg).shutdownOutput().sync();
      peers.onLoop(() -> peers.begin(pipes, Set.of(Side.CLIENT)));
      peers.backend.getOutputStream().write(PING);
      peers.backend.shutdownOutput();
      assertThat(peers.client.getInputStream().readAllBytes()).isEqualTo(PING);
      peers.awaitClosed();
      assertThat(peers.events()).containsExactly("joined", "ended BACKEND", "finished");
    }
  }

  @Test
  void aChannelClosedFromAnotherThreadLetsGoOfBothBeforeItIsClosed() throws Exception {
    try (Peers peers = new Peers(loops.next(), 0)) {
      AtomicInteger keptAtClose = new AtomicInteger();
      peers.backendLeg.closeFuture().addListener(_ -> keptAtClose.set(pipes.kept()));
      peers.join(pipes);
      peers.backendLeg.close().sync();
      assertThat(peers.backend.getInputStream().read()).isEqualTo(-1);
      assertThat(keptAtClose).hasValue(2);
      assertThat(peers.clientLeg.isOpen()).isTrue();
      assertThat(peers.events()).containsExactly("joined");
    }
  }

  /** As Netty itself does after a failed read, past all handlers. */
  @Test
  void aChannelClosedByTheTransportLetsGoOfBoth() throws Exception {
    try (Peers peers = new Peers(loops.next(), 0).join(pipes)) {
      peers.onLoop(
          () -> {
            peers.clientLeg.unsafe().close(peers.clientLeg.newPromise());
            return pipes.kept();
          });
      assertThat(pipes.kept()).isEqualTo(2);
      assertThat(peers.backendLeg.isOpen()).isTrue();
    }
  }

  @Test
  void handlersSeeTheLifeOfAJoinedChannelAsOfAnyOther() throws Exception {
    Recorder recorder = new Recorder();
    try (Peers peers = new Peers(loops.next(), 0)) {
      peers.onLoop(() -> peers.clientLeg.pipeline().addLast(recorder));
      peers.join(pipes);
      assertThat(recorder.seen).isEmpty();
      peers.clientLeg.close().sync();
      Await.until("removed", () -> recorder.seen.contains("removed"));
      assertThat(recorder.seen).containsExactly("inactive", "unregistered", "removed");
    }
  }

  @Test
  void handlersSeeTheEndOfAChannelClosedDuringTheHandOver() throws Exception {
    Recorder recorder = new Recorder();
    try (Peers peers = new Peers(loops.next(), 0)) {
      peers.onLoop(() -> peers.clientLeg.pipeline().addLast(recorder));
      peers.onLoop(
          () -> {
            peers.begin(pipes, Set.of());
            return peers.clientLeg.close();
          });
      Await.until("removed", () -> recorder.seen.contains("removed"));
      assertThat(recorder.seen).containsExactly("inactive", "unregistered", "removed");
      assertThat(peers.events()).isEmpty();
    }
  }

  @Test
  void pipesThatHoldBytesAreNotReused() throws Exception {
    try (Peers peers = new Peers(loops.next(), 4096).join(pipes)) {
      peers.client.setSoTimeout(0);
      Thread sender = Thread.ofVirtual().start(() -> flood(peers.client));
      long[] last = {-1};
      Await.until(
          "a full pipe",
          () -> {
            long before = last[0];
            last[0] = peers.received(Side.CLIENT);
            return before == last[0] && last[0] > 0;
          });
      peers.onLoop(
          () -> {
            peers.relay().close();
            return peers.clientLeg.close();
          });
      assertThat(pipes.kept()).isEqualTo(1);
      peers.client.close();
      sender.join();
    }
  }

  @Test
  void aLoopThatShutsDownClosesWhatIsJoined() throws Exception {
    Peers peers = new Peers(loops.next(), 0).join(pipes);
    // without a quiet period Netty may end before it closed any channel, also its own
    loops.shutdownGracefully(10, 5000, TimeUnit.MILLISECONDS).sync();
    assertThat(peers.clientLeg.isOpen()).isFalse();
    assertThat(peers.backendLeg.isOpen()).isFalse();
    peers.client.close();
    peers.backend.close();
  }

  @Test
  void anIdleHalfClosedPairWakesNobody() throws Exception {
    try (Peers peers = new Peers(loops.next(), 0).join(pipes)) {
      peers.client.shutdownOutput();
      assertThat(peers.backend.getInputStream().read()).isEqualTo(-1);
      peers.awaitEvent("ended CLIENT");
      // the kernel may still tell the last of the end; a pair that keeps waking is never quiet
      Await.until(
          "a loop that turns and hears nothing",
          () -> {
            long before = loops.reported();
            turnLoop();
            return loops.reported() == before;
          });

      long before = loops.reported();
      peers.backend.getOutputStream().write(PING);
      assertThat(peers.client.getInputStream().readNBytes(PING.length)).isEqualTo(PING);
      assertThat(loops.reported()).isGreaterThan(before);
    }
  }

  /** A connection with endless work takes turns with a quiet one. */
  @Test
  void aBusyPairDoesNotStarveAnother() throws Exception {
    try (Peers busy = new Peers(loops.next(), 0).join(pipes);
        Peers quiet = new Peers(loops.next(), 0).join(pipes)) {
      Thread sender = Thread.ofPlatform().start(() -> flood(busy.client));
      Thread reader = Thread.ofPlatform().start(() -> swallow(busy.backend));
      for (int i = 0; i < 200; i++) {
        quiet.client.getOutputStream().write(PING);
        assertThat(quiet.backend.getInputStream().readNBytes(PING.length)).isEqualTo(PING);
      }
      busy.client.close();
      sender.join();
      reader.join();
    }
  }

  @Test
  void descriptorsReturnAfterManyJoins() throws Exception {
    churn(20);
    long before = descriptors();
    churn(2000);
    pipes.close();
    Await.until("as many descriptors as before", () -> descriptors() <= before);
  }

  private void churn(int joins) throws Exception {
    for (int i = 0; i < joins; i++) {
      try (Peers peers = new Peers(loops.next(), 0).join(pipes)) {
        peers.client.getOutputStream().write(PING);
        assertThat(peers.backend.getInputStream().readNBytes(PING.length)).isEqualTo(PING);
        switch (i % 4) {
          case 0 -> Peers.reset(peers.client);
          case 1 -> peers.client.close();
          case 2 -> peers.clientLeg.close().sync();
          default -> peers.backend.shutdownOutput();
        }
      }
    }
  }

  /** Each task has the loop look for events. */
  private void turnLoop() throws Exception {
    for (int i = 0; i < 100; i++) {
      loops.next().submit(() -> true).get();
    }
  }

  private static long descriptors() throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      return open.count();
    }
  }

  private static void flood(Socket peer) {
    try {
      Payload.send(peer, Long.MAX_VALUE, 64 * 1024);
    } catch (IOException expected) {
      assertThat(peer.isClosed()).isTrue();
    }
  }

  private static void swallow(Socket peer) {
    try {
      Payload.readToEnd(peer, 64 * 1024);
    } catch (IOException expected) {
      assertThat(expected).hasMessageContaining("reset");
    }
  }

  private static ByteBuf buffer(byte[] bytes) {
    return ByteBufAllocator.DEFAULT.directBuffer(bytes.length).writeBytes(bytes);
  }

  /** Makes as many pipes as it is allowed to. */
  private static final class FailingPipes implements PipePool.Maker {

    private int allowed;

    void allow(int pipes) {
      allowed = pipes;
    }

    @Override
    public FileDescriptor[] make() throws IOException {
      if (allowed == 0) {
        throw new NativeIoException("pipe", -Errno.EMFILE, false);
      }
      allowed--;
      return FileDescriptor.pipe();
    }
  }

  /** Copies what it reads to the other channel, and has both joined then. */
  private final class JoinAtFirstByte extends ChannelInboundHandlerAdapter {

    private final Peers peers;
    private final Channel other;

    JoinAtFirstByte(Peers peers, Channel other) {
      this.peers = peers;
      this.other = other;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      assertThat(other.writeAndFlush(message).isSuccess()).isTrue();
      peers.begin(pipes, Set.of());
    }
  }

  /** What a handler of the owner sees. */
  private static final class Recorder extends ChannelInboundHandlerAdapter {

    private final List<String> seen = new CopyOnWriteArrayList<>();

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
      seen.add("inactive");
    }

    @Override
    public void channelUnregistered(ChannelHandlerContext ctx) {
      seen.add("unregistered");
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
      seen.add("removed");
    }
  }
}
