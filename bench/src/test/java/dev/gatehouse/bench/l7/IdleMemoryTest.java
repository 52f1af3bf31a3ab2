package dev.gatehouse.bench.l7;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.bench.contest.Contender;
import dev.gatehouse.bench.contest.ProcessTree;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
@Timeout(60)
class IdleMemoryTest {

  @Test
  void isReadWithAllConnectionsOpen(@TempDir Path folder) throws Exception {
    try (TlsServer server = new TlsServer(folder);
        TlsClient client = new TlsClient("www.example.org", false)) {
      Contender self =
          new Contender("self", server.port(), new ProcessTree(ProcessHandle.current().pid()));
      IdleMemory memory = new IdleMemory(client, TlsServer.PATH, 50);
      double[] figures = memory.of(self);

      assertThat(figures).hasSameSizeAs(memory.columns());
      assertThat(figures[1]).isBetween(10.0, 10_000.0);
      assertThat(figures[2]).isBetween(10.0, 10_000.0);
    }
  }
}
