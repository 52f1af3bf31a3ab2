package dev.gatehouse.net.syscall;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SystemConstantsTest {

  // types of the auxiliary vector, include/uapi/linux/auxvec.h
  private static final long AT_PAGESZ = 6;
  private static final long AT_CLKTCK = 17;

  @Test
  void agreeWithWhatTheKernelHandedToThisProcess() throws IOException {
    assertThat(SystemConstants.pageSize()).isEqualTo(auxiliary(AT_PAGESZ));
    assertThat(SystemConstants.clockTicksPerSecond()).isEqualTo(auxiliary(AT_CLKTCK));
  }

  private static long auxiliary(long type) throws IOException {
    byte[] vector = Files.readAllBytes(Path.of("/proc/self/auxv"));
    ByteBuffer pairs = ByteBuffer.wrap(vector).order(ByteOrder.nativeOrder());
    while (pairs.getLong() != type) {
      pairs.getLong();
    }
    return pairs.getLong();
  }
}
