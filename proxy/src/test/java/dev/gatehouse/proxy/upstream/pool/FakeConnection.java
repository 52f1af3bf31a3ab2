package dev.gatehouse.proxy.upstream.pool;

import dev.gatehouse.proxy.http.Request;
import dev.gatehouse.proxy.upstream.Backends;
import dev.gatehouse.proxy.upstream.http.BackendConnection;
import dev.gatehouse.proxy.upstream.http.BackendEvents;
import dev.gatehouse.proxy.upstream.http.BackendStream;
import dev.gatehouse.proxy.upstream.http.Http1Backend;
import dev.gatehouse.proxy.upstream.http.Keeper;
import io.netty.channel.Channel;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;

/** A connection that is free or not as the test says. */
final class FakeConnection implements BackendConnection {

  final List<String> told = new ArrayList<>();
  boolean free = true;
  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final Shelf keeper;
  private final boolean shared;

  /** One that has just come about, in use. */
  FakeConnection(Shelf keeper, boolean shared) {
    this.keeper = keeper;
    this.shared = shared;
    channel.attr(KEY).set(this);
    keeper.opened(this);
  }

  @Override
  public Channel channel() {
    return channel;
  }

  @Override
  public boolean isFree() {
    return free;
  }

  @Override
  public boolean isIdle() {
    return free;
  }

  @Override
  public boolean isShared() {
    return shared;
  }

  @Override
  public BackendStream open(Request request, BackendEvents events) {
    told.add("open");
    return Http1Backend.install(new EmbeddedChannel(), Backends.named("one"), new Nobody())
        .open(request, events);
  }

  @Override
  public void close(Keeper.Discard reason) {
    told.add(reason.label());
    keeper.gone(this, reason);
  }

  private static final class Nobody implements Keeper {
    @Override
    public void idle(BackendConnection connection) {
      throw new AssertionError("the stream of a fake is used");
    }

    @Override
    public void gone(BackendConnection connection, Discard reason) {
      throw new AssertionError("the stream of a fake is used");
    }

    @Override
    public void learned(boolean http2) {
      throw new AssertionError("the stream of a fake is used");
    }
  }
}
