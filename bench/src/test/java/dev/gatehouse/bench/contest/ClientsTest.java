package dev.gatehouse.bench.contest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ClientsTest {

  @Test
  void runAllAtOnce() throws Exception {
    CyclicBarrier together = new CyclicBarrier(3);

    assertThat(Clients.run(3, number -> meet(together, number))).containsExactly(0, 1, 2);
  }

  private static int meet(CyclicBarrier together, int number) throws IOException {
    try {
      together.await(10, TimeUnit.SECONDS);
      return number;
    } catch (Exception e) {
      throw new IOException(e);
    }
  }

  @Test
  void tellWhatOneOfThemRanInto() {
    assertThatThrownBy(
            () ->
                Clients.run(
                    2,
                    number -> {
                      if (number == 1) {
                        throw new IOException("no answer");
                      }
                      return number;
                    }))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no answer");
  }
}
