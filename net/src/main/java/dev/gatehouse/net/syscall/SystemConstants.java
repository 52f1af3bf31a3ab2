package dev.gatehouse.net.syscall;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.invoke.MethodHandle;

/** Units in which the kernel counts, fixed while it runs. */
public final class SystemConstants {

  private static final int SC_CLK_TCK = 2;
  private static final int SC_PAGESIZE = 30;

  // what nearly every Linux has, where it cannot be asked
  private static final long USUAL_CLOCK_TICKS = 100;
  private static final long USUAL_PAGE_BYTES = 4096;

  private static final long CLOCK_TICKS = ask(SC_CLK_TCK, USUAL_CLOCK_TICKS);
  private static final long PAGE_BYTES = ask(SC_PAGESIZE, USUAL_PAGE_BYTES);

  private SystemConstants() {}

  /** Units of processor time per second in {@code /proc/stat} and {@code /proc/<pid>/stat}. */
  public static long clockTicksPerSecond() {
    return CLOCK_TICKS;
  }

  /** Bytes of a memory page. */
  public static long pageSize() {
    return PAGE_BYTES;
  }

  private static long ask(int name, long usual) {
    if (NativeAccess.refusal().isPresent()) {
      return usual;
    }
    MethodHandle sysconf = Libc.link(FunctionDescriptor.of(JAVA_LONG, JAVA_INT), "sysconf");
    try (Arena arena = Arena.ofConfined()) {
      long value = (long) sysconf.invokeExact(Libc.newCallState(arena), name);
      return value > 0 ? value : usual;
    } catch (Throwable thrown) {
      throw Libc.unexpected(thrown);
    }
  }
}
