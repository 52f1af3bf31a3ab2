package dev.gatehouse.control.call;

import dev.gatehouse.proxy.ruleset.EditRefusedException;

/** What answers a call, or says why it is refused. */
@FunctionalInterface
public interface Reply<T> {

  /** The message of the answer. */
  T give() throws EditRefusedException, ConfigRefusedException;
}
