package dev.gatehouse.net.syscall;

/**
 * Size and use of a filesystem, as {@code statvfs} of POSIX.1-2008 gives them: unsigned 64 bits.
 *
 * @param blockSize preferred size of a transfer, in bytes
 * @param fragmentSize unit of the three counts of blocks, in bytes
 * @param availableBlocks free to those without privileges
 * @param files inodes in all
 * @param flags of the mount, among them {@link #READ_ONLY}
 */
public record FilesystemStat(
    long blockSize,
    long fragmentSize,
    long blocks,
    long freeBlocks,
    long availableBlocks,
    long files,
    long freeFiles,
    long flags) {

  /** {@code ST_RDONLY}. */
  public static final long READ_ONLY = 1;

  public boolean readOnly() {
    return (flags & READ_ONLY) != 0;
  }
}
