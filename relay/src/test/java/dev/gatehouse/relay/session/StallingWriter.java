package dev.gatehouse.relay.session;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Holds every write back until it is told what to do with it. */
final class StallingWriter extends ChannelOutboundHandlerAdapter {

  private record Held(Object message, ChannelPromise promise) {}

  private final List<Held> held = new ArrayList<>();
  private @Nullable ChannelHandlerContext ctx;
  private boolean open;

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    ctx = added;
  }

  @Override
  public void write(ChannelHandlerContext on, Object message, ChannelPromise promise) {
    if (open) {
      on.write(message, promise);
    } else {
      held.add(new Held(message, promise));
    }
  }

  /** Writes what was held, and everything from now on. */
  void release() {
    open = true;
    take().forEach(one -> context().writeAndFlush(one.message(), one.promise()));
  }

  private List<Held> take() {
    List<Held> all = List.copyOf(held);
    held.clear();
    return all;
  }

  private ChannelHandlerContext context() {
    ChannelHandlerContext known = ctx;
    if (known == null) {
      throw new IllegalStateException("not added");
    }
    return known;
  }
}
