package dev.gatehouse.net.syscall;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PipesTest {

  @BeforeAll
  static void load() {
    Epoll.ensureAvailability();
  }

  @Test
  void aPipeHasTheRoomThatTheKernelGivesIt() throws IOException {
    FileDescriptor[] ends = FileDescriptor.pipe();
    try {
      int bytes = Pipes.capacity(ends[0].intValue()).orElseThrow();
      assertThat(bytes).isGreaterThanOrEqualTo((int) SystemConstants.pageSize());
      assertThat(Pipes.capacity(ends[1].intValue())).hasValue(bytes);
    } finally {
      ends[0].close();
      ends[1].close();
    }
  }

  @Test
  void whatIsNoPipeHasNone() throws IOException {
    FileDescriptor file = FileDescriptor.from("/dev/null");
    try {
      assertThat(Pipes.capacity(file.intValue())).isEmpty();
    } finally {
      file.close();
    }
    assertThat(Pipes.capacity(-1)).isEmpty();
  }
}
