package dev.gatehouse.net.splice;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoRegistration;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import java.util.concurrent.atomic.AtomicLong;

/** One epoll loop that counts what it reports to its sockets. */
final class CountingLoops extends MultiThreadIoEventLoopGroup {

  private final AtomicLong reported;

  CountingLoops() {
    this(new AtomicLong());
  }

  private CountingLoops(AtomicLong reported) {
    super(1, counting(reported));
    this.reported = reported;
  }

  /** Events so far. */
  long reported() {
    return reported.get();
  }

  private static IoHandlerFactory counting(AtomicLong reported) {
    IoHandlerFactory epoll = EpollIoHandler.newFactory();
    return executor -> new Counting(epoll.newHandler(executor), reported);
  }

  private record Counting(IoHandler epoll, AtomicLong reported) implements IoHandler {

    @Override
    public void initialize() {
      epoll.initialize();
    }

    @Override
    public int run(IoHandlerContext context) {
      int events = epoll.run(context);
      reported.addAndGet(events);
      return events;
    }

    @Override
    public void prepareToDestroy() {
      epoll.prepareToDestroy();
    }

    @Override
    public void destroy() {
      epoll.destroy();
    }

    @Override
    public IoRegistration register(IoHandle handle) throws Exception {
      return epoll.register(handle);
    }

    @Override
    public void wakeup() {
      epoll.wakeup();
    }

    @Override
    public boolean isCompatible(Class<? extends IoHandle> type) {
      return epoll.isCompatible(type);
    }
  }
}
