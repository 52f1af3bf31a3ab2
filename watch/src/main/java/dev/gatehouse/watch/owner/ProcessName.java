package dev.gatehouse.watch.owner;

/** The name of a program, fit for labels and terminals: it is the program's own claim. */
final class ProcessName {

  static final int MAX_CHARACTERS = 64;

  private static final int MAX_PATH_CHARACTERS = 4096;

  /** The kernel cuts names here, TASK_COMM_LEN less the final zero. */
  static final int KERNEL_LIMIT = 15;

  private ProcessName() {}

  /** Whether the kernel's name may be incomplete, so that the first argument is worth reading. */
  static boolean needsArgument(ProcessStat stat) {
    return stat.commBytes() == 0 || stat.commBytes() == KERNEL_LIMIT;
  }

  /** The kernel's name, or the longer one that the first argument gives if it begins with it. */
  static String of(String comm, String firstArgument) {
    String base = firstArgument.substring(firstArgument.lastIndexOf('/') + 1);
    return clean(base.startsWith(comm) ? base : comm);
  }

  static String clean(String name) {
    return clean(name, MAX_CHARACTERS);
  }

  /** A path, fit for a terminal. */
  static String cleanPath(String path) {
    return clean(path, MAX_PATH_CHARACTERS);
  }

  private static String clean(String name, int maxCharacters) {
    StringBuilder clean = new StringBuilder(Math.min(name.length(), maxCharacters));
    name.codePoints()
        .limit(maxCharacters)
        .map(character -> Character.isISOControl(character) ? '?' : character)
        .forEach(clean::appendCodePoint);
    return clean.toString();
  }
}
