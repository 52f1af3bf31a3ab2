package dev.gatehouse.net.splice;

import dev.gatehouse.net.syscall.Errno;
import dev.gatehouse.net.syscall.Pipes;
import io.netty.channel.unix.Errors.NativeIoException;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps empty pipes for the next connection; shared by all loops, none of which waits for another.
 *
 * <p>A pipe costs two system calls to make and two to close, and the kernel counts its pages
 * against the user as long as it is open: past {@code fs.pipe-user-pages-soft} an unprivileged user
 * gets pipes of a page or two, with which splicing is slower than copying. Hence the bound.
 */
public final class PipePool implements AutoCloseable {

  /** Below this a connection is better copied. */
  static final int MIN_PIPE_BYTES = 16 * 1024;

  private final Maker maker;
  private final Queue<Pipe> empty = new ConcurrentLinkedQueue<>();
  private final AtomicInteger room;
  private volatile boolean closed;

  /** Makes the two ends of a pipe, read end first. */
  @FunctionalInterface
  interface Maker {
    FileDescriptor[] make() throws IOException;
  }

  /**
   * A pool that has no pipe yet.
   *
   * @param maxKept how many empty pipes it keeps; a connection uses two
   */
  public PipePool(int maxKept) {
    this(maxKept, FileDescriptor::pipe);
  }

  PipePool(int maxKept, Maker maker) {
    this.maker = maker;
    room = new AtomicInteger(maxKept);
  }

  /** An empty pipe, kept or new. */
  Lease take() {
    Pipe kept = poll();
    return kept == null ? make() : kept;
  }

  /** Takes back a pipe that is empty. */
  void give(Pipe pipe) {
    if (room.getAndUpdate(left -> Math.max(left - 1, 0)) > 0) {
      empty.add(pipe);
    } else {
      pipe.close();
    }
    if (closed) {
      closeKept();
    }
  }

  private @Nullable Pipe poll() {
    Pipe kept = empty.poll();
    if (kept != null) {
      room.incrementAndGet();
    }
    return kept;
  }

  /** How many pipes are kept. */
  int kept() {
    return empty.size();
  }

  /** Closes what is kept now and what is given back later. */
  @Override
  public void close() {
    closed = true;
    closeKept();
  }

  private void closeKept() {
    for (Pipe kept = poll(); kept != null; kept = poll()) {
      kept.close();
    }
  }

  private Lease make() {
    try {
      FileDescriptor[] ends = maker.make();
      return bigEnough(ends[0], ends[1]);
    } catch (NativeIoException refused) {
      int errno = -refused.expectedErr();
      return errno == Errno.EMFILE || errno == Errno.ENFILE ? Shortage.FD_LIMIT : Shortage.PIPE;
    } catch (IOException refused) {
      return Shortage.PIPE;
    }
  }

  private static Lease bigEnough(FileDescriptor readEnd, FileDescriptor writeEnd) {
    Pipe pipe = new Pipe(readEnd, writeEnd, Pipes.capacity(readEnd.intValue()).orElse(0));
    if (pipe.bytes() < MIN_PIPE_BYTES) {
      pipe.close();
      return Shortage.PIPE;
    }
    return pipe;
  }
}
