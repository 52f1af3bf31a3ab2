package dev.gatehouse.bench.contest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.bench.contest.ProcessTree.Memory;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class ProcessTreeTest {

  @Test
  void countsWhatAThreadHasSpentThatIsGone() throws Exception {
    ProcessTree self = new ProcessTree(ProcessHandle.current().pid());
    double before = self.cpuSeconds();
    Thread spinning = Thread.ofPlatform().start(() -> Spin.cpuMillis(100));
    spinning.join();

    assertThat(self.cpuSeconds() - before).isGreaterThanOrEqualTo(0.09);
  }

  @Test
  void countsTheChildrensMemoryToo() throws Exception {
    ProcessTree self = new ProcessTree(ProcessHandle.current().pid());
    Process child = new ProcessBuilder("cat").start();
    try {
      Memory ofChild = new ProcessTree(child.pid()).memory();
      Memory ofBoth = self.memory();

      assertThat(ofChild.proportional()).isPositive().isLessThanOrEqualTo(ofChild.resident());
      assertThat(ofBoth.resident()).isGreaterThan(ofChild.resident());
    } finally {
      child.destroy();
      child.waitFor();
    }
  }

  @Test
  void saysWhichProcessIsGone() throws Exception {
    Process ended = new ProcessBuilder("true").start();
    ended.waitFor();

    assertThatThrownBy(() -> new ProcessTree(ended.pid()).cpuSeconds())
        .isInstanceOf(IOException.class)
        .hasMessage("process " + ended.pid() + " is gone");
  }
}
