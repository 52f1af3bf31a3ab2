package dev.gatehouse.watch;

import dev.gatehouse.watch.exposure.Owner;
import dev.gatehouse.watch.exposure.Resolution;

/** Owners of whom a test says only what matters to it. */
public final class Owners {

  private Owners() {}

  public static Owner owner(String process, int pid) {
    return new Owner(Resolution.FD, process, pid, 1000, "", "", "");
  }

  public static Owner ofUnit(String process, int pid, String unit) {
    return new Owner(Resolution.FD, process, pid, 1000, unit, "", "");
  }

  public static Owner nobody() {
    return Owner.unknown(Resolution.HIDDEN);
  }
}
