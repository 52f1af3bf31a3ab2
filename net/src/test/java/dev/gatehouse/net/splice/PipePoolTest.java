package dev.gatehouse.net.splice;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.Errors.NativeIoException;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PipePoolTest {

  private static final int O_NONBLOCK = 04000;
  private static final int EMFILE = 24;
  private static final int ENFILE = 23;
  private static final int ENOMEM = 12;

  @BeforeAll
  static void load() {
    Epoll.ensureAvailability();
  }

  @Test
  void pipesHaveRoomAndNeverWait() throws IOException {
    try (PipePool pool = new PipePool(2)) {
      Pipe pipe = taken(pool);
      assertThat(pipe.bytes()).isGreaterThanOrEqualTo(PipePool.MIN_PIPE_BYTES);
      assertThat(flags(pipe.readEnd()) & O_NONBLOCK).isNotZero();
      assertThat(flags(pipe.writeEnd()) & O_NONBLOCK).isNotZero();
      pipe.close();
    }
  }

  @Test
  void aPipeGivenBackIsTheNextOneTaken() {
    try (PipePool pool = new PipePool(2)) {
      Pipe pipe = taken(pool);
      pool.give(pipe);
      assertThat(pool.kept()).isEqualTo(1);
      assertThat(taken(pool)).isSameAs(pipe);
      pipe.close();
    }
  }

  @Test
  void keepsNoMoreThanItsBound() {
    try (PipePool pool = new PipePool(1)) {
      Pipe first = taken(pool);
      Pipe second = taken(pool);
      pool.give(first);
      pool.give(second);
      assertThat(pool.kept()).isEqualTo(1);
      assertThat(isOpen(first)).isTrue();
      assertThat(isOpen(second)).isFalse();
    }
  }

  @Test
  void closesWhatItKeepsAndWhatComesBackLater() {
    PipePool pool = new PipePool(2);
    Pipe kept = taken(pool);
    Pipe late = taken(pool);
    pool.give(kept);
    pool.close();
    pool.give(late);
    pool.close();
    assertThat(isOpen(kept)).isFalse();
    assertThat(isOpen(late)).isFalse();
    assertThat(pool.kept()).isZero();
  }

  @Test
  void aRefusedPipeIsAReason() {
    assertThat(refusedWith(EMFILE)).isEqualTo(Shortage.FD_LIMIT);
    assertThat(refusedWith(ENFILE)).isEqualTo(Shortage.FD_LIMIT);
    assertThat(refusedWith(ENOMEM)).isEqualTo(Shortage.PIPE);
    assertThat(Shortage.FD_LIMIT.label()).isEqualTo("fd_limit");
    assertThat(Shortage.PIPE.label()).isEqualTo("pipe");
  }

  @Test
  void aPipeWhoseSizeIsUnknownOrSmallIsClosed() throws IOException {
    // a socket or file has no size of a pipe, as a pipe of a page has too little
    FileDescriptor noPipe = FileDescriptor.from("/dev/null");
    FileDescriptor neither = FileDescriptor.from("/dev/null");
    try (PipePool pool = new PipePool(1, () -> new FileDescriptor[] {noPipe, neither})) {
      assertThat(pool.take()).isEqualTo(Shortage.PIPE);
    }
    assertThat(noPipe.isOpen()).isFalse();
    assertThat(neither.isOpen()).isFalse();
  }

  private static Lease refusedWith(int errno) {
    try (PipePool pool =
        new PipePool(
            1,
            () -> {
              throw new NativeIoException("pipe", -errno, false);
            })) {
      return pool.take();
    }
  }

  private static Pipe taken(PipePool pool) {
    return switch (pool.take()) {
      case Pipe pipe -> pipe;
      case Shortage shortage -> throw new AssertionError(shortage);
    };
  }

  private static boolean isOpen(Pipe pipe) {
    return pipe.readEnd().isOpen() || pipe.writeEnd().isOpen();
  }

  private static int flags(FileDescriptor fd) throws IOException {
    return Files.readAllLines(Path.of("/proc/self/fdinfo", "" + fd.intValue())).stream()
        .filter(line -> line.startsWith("flags:"))
        .mapToInt(line -> Integer.parseInt(line.substring("flags:".length()).strip(), 8))
        .findFirst()
        .orElseThrow();
  }
}
