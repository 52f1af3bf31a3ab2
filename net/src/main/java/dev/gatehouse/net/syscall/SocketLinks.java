package dev.gatehouse.net.syscall;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Reads which sockets a process holds from the links in {@code /proc/<pid>/fd}.
 *
 * <p>A process is named by its number, or by {@link #SELF}. One thread at a time, and a visitor may
 * not call back: the native buffer is reused. A folder that the kernel refuses is a negative error
 * number, so that a walk over processes of other users costs no exception each.
 */
public final class SocketLinks implements AutoCloseable {

  /** In place of a process number: one's own process. */
  public static final int SELF = 0;

  /** Descriptors of one process that are looked at; the rest is left out. */
  public static final int MAX_FDS = 1_000_000;

  // struct linux_dirent64: inode, offset, length of the record, type, name ended by NUL
  private static final long RECORD_LENGTH = 16;
  private static final long RECORD_NAME = 19;

  private static final byte[] SOCKET = "socket:[".getBytes(US_ASCII);
  private static final int PATH_BYTES = 64;
  private static final int LINK_BYTES = 64;
  private static final int ENTRY_BYTES = 32 * 1024;

  private final int maxFds;
  private final Arena arena;
  private final MemorySegment callState;
  private final MemorySegment path;
  private final MemorySegment link;
  private final MemorySegment entries;
  private int seen;

  /**
   * @throws UnsupportedOperationException if {@link NativeAccess} is refused
   */
  public SocketLinks() {
    this(MAX_FDS);
  }

  SocketLinks(int maxFds) {
    NativeAccess.require();
    this.maxFds = maxFds;
    // shared, since the thread that walks need not be the one that builds
    arena = Arena.ofShared();
    callState = Libc.newCallState(arena);
    path = arena.allocate(PATH_BYTES);
    link = arena.allocate(LINK_BYTES);
    entries = arena.allocate(ENTRY_BYTES, Long.BYTES);
  }

  /**
   * Shows every socket of a process to a visitor, until that has seen enough.
   *
   * @return the number of descriptors seen, sockets or not; or a negative error number, where the
   *     process is gone or its folder is refused
   */
  public int walk(int pid, FdVisitor visitor) {
    path.setString(0, "/proc/" + name(pid) + "/fd", US_ASCII);
    int folder = FileCalls.open(callState, path);
    if (folder < 0) {
      return folder;
    }
    try {
      return walkFolder(folder, visitor);
    } finally {
      FileCalls.close(callState, folder);
    }
  }

  /** The inode of the socket that is one descriptor of a process, or −1 if it is none. */
  public long inodeOf(int pid, int fd) {
    path.setString(0, "/proc/" + name(pid) + "/fd/" + fd, US_ASCII);
    return readInode(FileCalls.AT_FDCWD, path);
  }

  @Override
  public void close() {
    if (arena.scope().isAlive()) {
      arena.close();
    }
  }

  private static String name(int pid) {
    return pid == SELF ? "self" : Integer.toString(pid);
  }

  private int walkFolder(int folder, FdVisitor visitor) {
    seen = 0;
    int bytes = FileCalls.entries(callState, folder, entries);
    while (bytes > 0 && walkEntries(folder, bytes, visitor)) {
      bytes = FileCalls.entries(callState, folder, entries);
    }
    return bytes < 0 ? bytes : seen;
  }

  private boolean walkEntries(int folder, int bytes, FdVisitor visitor) {
    boolean more = true;
    long at = 0;
    while (more && at < bytes) {
      more = walkEntry(folder, at + RECORD_NAME, visitor);
      at += Short.toUnsignedInt(entries.get(JAVA_SHORT, at + RECORD_LENGTH));
    }
    return more;
  }

  private boolean walkEntry(int folder, long nameAt, FdVisitor visitor) {
    // "." and ".." are the only entries that are no numbers
    if (entries.get(JAVA_BYTE, nameAt) == '.') {
      return true;
    }
    if (seen == maxFds) {
      return false;
    }
    seen++;
    long inode = readInode(folder, entries.asSlice(nameAt));
    return inode < 0 || visitor.socket((int) digits(entries, nameAt, (byte) 0), inode);
  }

  private long readInode(int folder, MemorySegment name) {
    int length = FileCalls.readLink(callState, folder, name, link);
    // a target that fills the buffer was cut, and is no socket
    if (length <= SOCKET.length || length >= LINK_BYTES) {
      return -1;
    }
    for (int i = 0; i < SOCKET.length; i++) {
      if (link.get(JAVA_BYTE, i) != SOCKET[i]) {
        return -1;
      }
    }
    link.set(JAVA_BYTE, length, (byte) 0);
    return digits(link, SOCKET.length, (byte) ']');
  }

  /** A number of decimal digits up to an ending byte, −1 where there is another one. */
  private static long digits(MemorySegment from, long at, byte end) {
    long number = 0;
    long index = at;
    byte digit = from.get(JAVA_BYTE, index);
    while (digit >= '0' && digit <= '9') {
      number = 10 * number + (digit - '0');
      digit = from.get(JAVA_BYTE, ++index);
    }
    return digit == end ? number : -1;
  }
}
