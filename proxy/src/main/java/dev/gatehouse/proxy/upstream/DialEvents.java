package dev.gatehouse.proxy.upstream;

import dev.gatehouse.net.connect.DialFailure;

/** Who counts the dials of a route; called on the loop of the connection. */
public interface DialEvents {

  /** A backend took the connection, {@code nanos} after it was asked. */
  void connected(Backend backend, long nanos);

  /** A backend did not; another one may follow. */
  void failed(Backend backend, DialFailure failure);
}
