package dev.gatehouse.proxy.upstream.http;

import dev.gatehouse.proxy.http.Request;
import io.netty.channel.Channel;
import io.netty.util.AttributeKey;

/** A connection to a backend on which HTTP is spoken; on its loop. */
public interface BackendConnection {

  /** Where a channel keeps its own. */
  AttributeKey<BackendConnection> KEY = AttributeKey.valueOf(BackendConnection.class, "connection");

  Channel channel();

  /** Whether it takes one more exchange now. */
  boolean isFree();

  /** Whether no exchange uses it. */
  boolean isIdle();

  /** Whether other connections of the same kind should be looked for before it. */
  boolean isShared();

  /** Begins an exchange on a free one. */
  BackendStream open(Request request, BackendEvents events);

  /** Ends it, since it is not used any more. */
  void close(Keeper.Discard reason);
}
