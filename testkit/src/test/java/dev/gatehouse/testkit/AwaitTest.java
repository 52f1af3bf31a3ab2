package dev.gatehouse.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AwaitTest {

  @Test
  void asksUntilTheConditionHolds() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    Await.until("the third question", () -> asked.incrementAndGet() == 3);
    assertThat(asked).hasValue(3);
  }

  @Test
  void saysWhatDidNotCome() {
    assertThatThrownBy(() -> Await.until("a port", Duration.ofMillis(20), () -> false))
        .isInstanceOf(AssertionError.class)
        .hasMessage("not within PT0.02S: a port");
  }

  @Test
  void anExceptionEndsTheWaitAtOnce() {
    assertThatThrownBy(
            () ->
                Await.until(
                    "a port",
                    () -> {
                      throw new IOException("gone");
                    }))
        .isInstanceOf(IOException.class);
  }

  @Test
  void anInterruptEndsTheWait() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> Await.until("a port", () -> false))
        .isInstanceOf(InterruptedException.class)
        .hasMessage("a port");
  }
}
