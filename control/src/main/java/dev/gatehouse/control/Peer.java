package dev.gatehouse.control;

import io.grpc.Context;

/**
 * The process at the other end of a control connection, as the kernel saw it at connect
 * (SO_PEERCRED of unix(7)); −1 for what is not known.
 */
public record Peer(long uid, long pid) {

  /** A peer that the platform cannot name. */
  public static final Peer UNKNOWN = new Peer(-1, -1);

  static final Context.Key<Peer> KEY = Context.keyWithDefault("control-peer", UNKNOWN);

  /** The peer of the call that runs on this thread. */
  public static Peer current() {
    return KEY.get();
  }
}
