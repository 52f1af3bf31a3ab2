package dev.gatehouse.net.syscall;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** Calls on files and folders; each returns its result, or its error number negated. */
final class FileCalls {

  /** In place of a folder: paths start at the working folder, or are absolute. */
  static final int AT_FDCWD = -100;

  private static final int O_RDONLY = 0;
  private static final int O_CLOEXEC = 0x8_0000;

  private static final MethodHandle OPENAT =
      Libc.linkVariadic(FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT), 3, "openat");
  private static final MethodHandle CLOSE =
      Libc.link(FunctionDescriptor.of(JAVA_INT, JAVA_INT), "close");
  // the second name is that of musl, for the same call
  private static final MethodHandle GETDENTS =
      Libc.link(
          FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG), "getdents64", "getdents");
  private static final MethodHandle READLINKAT =
      Libc.link(
          FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG), "readlinkat");
  private static final MethodHandle STATVFS =
      Libc.link(FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS), "statvfs");

  private static final int F_GETPIPE_SZ = 1032;
  private static final int NO_ARGUMENT = 0;
  private static final MethodHandle FCNTL =
      Libc.linkVariadic(FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT), 2, "fcntl");

  private FileCalls() {}

  /** Opens a file or folder for reading. */
  static int open(MemorySegment callState, MemorySegment path) {
    try {
      int result = (int) OPENAT.invokeExact(callState, AT_FDCWD, path, O_RDONLY | O_CLOEXEC);
      return Libc.valueOrErrno(callState, result);
    } catch (Throwable thrown) {
      throw Libc.unexpected(thrown);
    }
  }

  /** Closes a descriptor; it is gone even where the call reports an error. */
  static int close(MemorySegment callState, int fd) {
    try {
      int result = (int) CLOSE.invokeExact(callState, fd);
      return Libc.valueOrErrno(callState, result);
    } catch (Throwable thrown) {
      throw Libc.unexpected(thrown);
    }
  }

  /** Fills a buffer with entries of an open folder; 0 after the last. */
  static int entries(MemorySegment callState, int folder, MemorySegment buffer) {
    try {
      long result = (long) GETDENTS.invokeExact(callState, folder, buffer, buffer.byteSize());
      return Libc.valueOrErrno(callState, result);
    } catch (Throwable thrown) {
      throw Libc.unexpected(thrown);
    }
  }

  /** Reads the target of a link, cut to the buffer and without an ending NUL. */
  static int readLink(
      MemorySegment callState, int folder, MemorySegment name, MemorySegment buffer) {
    try {
      long result =
          (long) READLINKAT.invokeExact(callState, folder, name, buffer, buffer.byteSize());
      return Libc.valueOrErrno(callState, result);
    } catch (Throwable thrown) {
      throw Libc.unexpected(thrown);
    }
  }

  /** Fills {@code struct statvfs} of the filesystem that holds a path. */
  static int statFilesystem(MemorySegment callState, MemorySegment path, MemorySegment stat) {
    try {
      int result = (int) STATVFS.invokeExact(callState, path, stat);
      return Libc.valueOrErrno(callState, result);
    } catch (Throwable thrown) {
      throw Libc.unexpected(thrown);
    }
  }

  /** Bytes that a pipe has room for. */
  static int pipeSize(MemorySegment callState, int fd) {
    try {
      int result = (int) FCNTL.invokeExact(callState, fd, F_GETPIPE_SZ, NO_ARGUMENT);
      return Libc.valueOrErrno(callState, result);
    } catch (Throwable thrown) {
      throw Libc.unexpected(thrown);
    }
  }
}
