package dev.gatehouse.watch.process;

import java.nio.charset.StandardCharsets;

/**
 * The name under which a process is shown: what it claims to be, made harmless.
 *
 * <p>Any process may choose its name, so it is a hint and never a proof.
 */
public final class ProcessName {

  /** The most characters of a name. */
  public static final int MAX_CHARACTERS = 64;

  /** The longest name that the kernel holds: {@code TASK_COMM_LEN} without its NUL. */
  private static final int COMM_BYTES = 15;

  private ProcessName() {}

  /** Whether the kernel may have cut this name, so that the first argument knows it better. */
  public static boolean mayBeCut(String comm) {
    return comm.length() == COMM_BYTES || comm.isEmpty();
  }

  /** The name of a process whose kernel name is whole, or whose arguments cannot be read. */
  public static String of(String comm) {
    return shown(comm);
  }

  /**
   * The name of a process whose kernel name may be cut.
   *
   * @param comm each byte one character, as in {@link ProcessStat#comm}
   * @param firstArgument in the same form
   */
  public static String of(String comm, String firstArgument) {
    String program = firstArgument.substring(firstArgument.lastIndexOf('/') + 1);
    return shown(mayBeCut(comm) && program.startsWith(comm) ? program : comm);
  }

  private static String shown(String bytes) {
    // malformed UTF-8 becomes U+FFFD here
    String text = new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    StringBuilder shown = new StringBuilder(text.length());
    text.codePoints()
        .limit(MAX_CHARACTERS)
        .map(c -> Character.isISOControl(c) ? '?' : c)
        .forEach(shown::appendCodePoint);
    return shown.toString();
  }
}
