package dev.gatehouse.net.syscall;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/** Asks for the size and use of mounted filesystems. */
public final class Filesystems {

  // struct statvfs of 64-bit Linux
  private static final long STAT_BYTES = 112;
  private static final long BLOCK_SIZE = 0;
  private static final long FRAGMENT_SIZE = 8;
  private static final long BLOCKS = 16;
  private static final long FREE_BLOCKS = 24;
  private static final long AVAILABLE_BLOCKS = 32;
  private static final long FILES = 40;
  private static final long FREE_FILES = 48;
  private static final long FLAGS = 72;

  private Filesystems() {}

  /**
   * The filesystem that holds a path; empty if the kernel refuses or native access is refused. Does
   * not return while the filesystem hangs, so callers bring a thread that they can spare.
   */
  public static Optional<FilesystemStat> stat(String path) {
    if (path.indexOf('\0') >= 0 || NativeAccess.refusal().isPresent()) {
      return Optional.empty();
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment stat = arena.allocate(STAT_BYTES, Long.BYTES);
      int result =
          FileCalls.statFilesystem(Libc.newCallState(arena), arena.allocateFrom(path), stat);
      return result < 0 ? Optional.empty() : Optional.of(read(stat));
    }
  }

  private static FilesystemStat read(MemorySegment stat) {
    return new FilesystemStat(
        stat.get(JAVA_LONG, BLOCK_SIZE),
        stat.get(JAVA_LONG, FRAGMENT_SIZE),
        stat.get(JAVA_LONG, BLOCKS),
        stat.get(JAVA_LONG, FREE_BLOCKS),
        stat.get(JAVA_LONG, AVAILABLE_BLOCKS),
        stat.get(JAVA_LONG, FILES),
        stat.get(JAVA_LONG, FREE_FILES),
        stat.get(JAVA_LONG, FLAGS));
  }
}
