package dev.gatehouse.watch.drift;

import java.util.List;

/**
 * What the operator expects of this host.
 *
 * @param judgeLoopback whether listeners on loopback need an entry too
 * @param ownPid of the process whose listeners are Gatehouse's own
 */
public record DriftPolicy(List<ExpectedListener> expected, boolean judgeLoopback, int ownPid) {

  public DriftPolicy {
    expected = List.copyOf(expected);
  }
}
