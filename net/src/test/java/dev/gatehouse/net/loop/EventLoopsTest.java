package dev.gatehouse.net.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.kernel.address.AddressFamily;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class EventLoopsTest {

  private static final Engine BROKEN_EPOLL =
      new Engine(
          Transport.EPOLL,
          () -> new UnsatisfiedLinkError("outer").initCause(new IllegalStateException("no epoll")),
          Engine.EPOLL.loops(),
          Engine.EPOLL.server(),
          Engine.EPOLL.client());

  @Test
  void takesEpollWhereItWorks() {
    Assumptions.assumeTrue(Epoll.isAvailable(), "epoll needs Linux");
    try (var loops = started(Transport.AUTO, Engine.EPOLL)) {
      assertThat(loops.parts().transport()).isEqualTo(Transport.EPOLL);
      assertThat(closed(loops.parts().serverChannels(AddressFamily.IPV6).newChannel()))
          .isInstanceOf(EpollServerSocketChannel.class);
    }
  }

  @Test
  void fallsBackToNioWhereEpollDoesNotLoad() {
    try (var loops = started(Transport.AUTO, BROKEN_EPOLL)) {
      assertThat(loops.parts().transport()).isEqualTo(Transport.NIO);
      assertThat(closed(loops.parts().serverChannels(AddressFamily.IPV4).newChannel()))
          .isInstanceOf(NioServerSocketChannel.class);
      var client = loops.parts().clientChannels().apply(AddressFamily.IPV6);
      assertThat(client).isInstanceOf(NioSocketChannel.class);
      client.unsafe().closeForcibly();
    }
  }

  @Test
  void aTransportAskedForByNameIsNotReplaced() {
    var loops = new EventLoops(Transport.EPOLL, 1, BROKEN_EPOLL);
    assertThatThrownBy(loops::start)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("transport: epoll (expected: one that works here, or auto): no epoll");
    loops.close();
  }

  @Test
  void oneNamedThreadRunsEachLoop() throws InterruptedException {
    try (var loops = started(Transport.NIO, Engine.EPOLL)) {
      Set<String> names = new ConcurrentSkipListSet<>();
      CountDownLatch ran = new CountDownLatch(2);
      loops
          .parts()
          .group()
          .forEach(
              loop ->
                  loop.execute(
                      () -> {
                        names.add(Thread.currentThread().getName());
                        ran.countDown();
                      }));
      assertThat(ran.await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(names).containsExactly("loop-0", "loop-1");
    }
  }

  @Test
  void nothingIsGivenOutBeforeTheStart() {
    var loops = new EventLoops(Transport.NIO);
    assertThatThrownBy(loops::group)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("event loops: not started");
    loops.close();
  }

  @Test
  void closingTwiceEndsTheThreadsOnce() {
    var loops = new EventLoops(Transport.NIO, 1, Engine.EPOLL);
    loops.start();
    loops.close();
    loops.close();
    assertThat(loops.group().isTerminated()).isTrue();
  }

  private record Started(EventLoops parts) implements AutoCloseable {
    @Override
    public void close() {
      parts.close();
    }
  }

  private static Started started(Transport wanted, Engine epoll) {
    var loops = new EventLoops(wanted, 2, epoll);
    loops.start();
    return new Started(loops);
  }

  private static ServerSocketChannel closed(ServerSocketChannel channel) {
    channel.unsafe().closeForcibly();
    return channel;
  }
}
