package dev.gatehouse.net.syscall;

import java.lang.foreign.Arena;
import java.util.OptionalInt;

/** Asks how much pipes hold. */
public final class Pipes {

  private Pipes() {}

  /**
   * The bytes that a pipe has room for, given either of its ends; empty if the kernel refuses or
   * native access is refused. Never waits, so an event loop may ask.
   */
  public static OptionalInt capacity(int fd) {
    if (NativeAccess.refusal().isPresent()) {
      return OptionalInt.empty();
    }
    try (Arena arena = Arena.ofConfined()) {
      int result = FileCalls.pipeSize(Libc.newCallState(arena), fd);
      return result < 0 ? OptionalInt.empty() : OptionalInt.of(result);
    }
  }
}
