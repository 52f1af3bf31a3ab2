package dev.gatehouse.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LiveViewTest {

  private final StringWriter out = new StringWriter();

  @Test
  void drawsOverTheLastTextAtATerminal() {
    LiveView view = new LiveView(terminal(out, true));
    assertThat(view.draw("one\n")).isTrue();
    view.draw("two\n");
    assertThat(out).hasToString("\u001b[2J\u001b[Hone\n\u001b[2J\u001b[Htwo\n");
  }

  @Test
  void drawsBelowTheLastTextInAPipe() {
    LiveView view = new LiveView(terminal(out, false));
    view.draw("one\n");
    view.draw("two\n");
    assertThat(view.append("{}")).isTrue();
    assertThat(out).hasToString("one\n\ntwo\n\n{}\n");
  }

  @Test
  void whoeverHasClosedThePipeWantsNoMore() {
    LiveView view = new LiveView(terminal(new ClosedPipe(), false));
    assertThat(view.draw("one\n")).isFalse();
    assertThat(view.append("{}")).isFalse();
  }

  private static Terminal terminal(Writer out, boolean interactive) {
    return new Terminal(
        new PrintWriter(out),
        new PrintWriter(out),
        interactive,
        TerminalWidth.UNKNOWN,
        Map.of(),
        ZoneOffset.UTC);
  }

  /** A pipe whose reader has gone. */
  private static final class ClosedPipe extends Writer {

    @Override
    public void write(char[] text, int start, int length) throws IOException {
      throw new IOException("Broken pipe");
    }

    @Override
    public void flush() throws IOException {
      throw new IOException("Broken pipe");
    }

    @Override
    public void close() {}
  }
}
