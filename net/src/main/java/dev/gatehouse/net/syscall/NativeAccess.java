package dev.gatehouse.net.syscall;

import java.lang.foreign.Arena;
import java.util.Optional;

/** Whether calls into the C library work here, asked once by whoever has another way to go. */
public final class NativeAccess {

  private static final int NO_DESCRIPTOR = -1;
  private static final Optional<String> REFUSAL = probe();

  private NativeAccess() {}

  /** Why calls do not work here; empty if they do. */
  public static Optional<String> refusal() {
    return REFUSAL;
  }

  static void require() {
    REFUSAL.ifPresent(
        reason -> {
          throw new UnsupportedOperationException(reason);
        });
  }

  private static Optional<String> probe() {
    String system = System.getProperty("os.name", "");
    if (!system.equals("Linux")) {
      return Optional.of("operating system: " + system + " (expected: Linux)");
    }
    try (Arena arena = Arena.ofConfined()) {
      // what it answers is of no interest, only that the functions could be linked
      FileCalls.close(Libc.newCallState(arena), NO_DESCRIPTOR);
      return Optional.empty();
    } catch (LinkageError unlinked) {
      return Optional.of("native access: " + reason(unlinked));
    }
  }

  /** A refusal arrives wrapped, since handles are linked while their class is initialised. */
  private static String reason(LinkageError unlinked) {
    Throwable cause = unlinked.getCause();
    return String.valueOf(cause == null ? unlinked.getMessage() : cause.getMessage());
  }
}
