package dev.gatehouse.proxy.l7.connection;

import dev.gatehouse.proxy.traffic.CloseCause;
import org.jspecify.annotations.Nullable;

/** Why a connection ends: whoever knows it first. */
public final class ConnectionEnd {

  private @Nullable CloseCause cause;

  /** The connection is about to end for that reason, unless there was one before. */
  public void because(CloseCause known) {
    if (cause == null) {
      cause = known;
    }
  }

  /** The reason; without one, the client just went. */
  public CloseCause cause() {
    return cause == null ? CloseCause.CLIENT_CLOSED : cause;
  }
}
