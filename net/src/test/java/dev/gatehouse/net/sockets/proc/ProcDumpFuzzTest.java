package dev.gatehouse.net.sockets.proc;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.gatehouse.net.sockets.SocketQuery;
import dev.gatehouse.net.sockets.SocketRow;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

class ProcDumpFuzzTest {

  private static final byte[] HEADING = "  sl\n".getBytes(StandardCharsets.US_ASCII);

  private record Outcome(List<SocketRow> rows, long malformed) {}

  @FuzzTest(maxDuration = "30s")
  void everyFileIsAValueHoweverItIsCutIntoPieces(FuzzedDataProvider data) {
    SocketQuery query = data.pickValue(SocketQuery.values());
    int cut = data.consumeInt(0, 4096);
    byte[] lines = data.consumeRemainingAsBytes();
    byte[] file = Arrays.copyOf(HEADING, HEADING.length + lines.length);
    System.arraycopy(lines, 0, file, HEADING.length, lines.length);
    assertThat(read(query, file, Math.min(cut, file.length)))
        .isEqualTo(read(query, file, file.length));
  }

  private static Outcome read(SocketQuery query, byte[] file, int cut) {
    List<SocketRow> rows = new ArrayList<>();
    ProcDump dump = new ProcDump(query, ByteOrder.nativeOrder(), view -> rows.add(view.copy()));
    int consumed = dump.read(file, cut);
    byte[] rest = Arrays.copyOfRange(file, consumed, file.length);
    int restConsumed = dump.read(rest, rest.length);
    dump.end(rest.length - restConsumed);
    assertThat(dump.rows()).isEqualTo(rows.size());
    return new Outcome(rows, dump.malformed());
  }
}
