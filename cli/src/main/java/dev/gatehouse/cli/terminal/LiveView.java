package dev.gatehouse.cli.terminal;

/** Text that is shown again and again: over the last one at a terminal, else below it. */
public final class LiveView {

  /** Erase the display and go to its top (ECMA-48 sections 8.3.39 and 8.3.21). */
  private static final String CLEAR = "\u001b[2J\u001b[H";

  private final Terminal terminal;

  public LiveView(Terminal terminal) {
    this.terminal = terminal;
  }

  /**
   * Shows a text of whole lines.
   *
   * @return whether somebody still reads: whoever has closed the pipe wants no more
   */
  public boolean draw(String text) {
    terminal.out().print(terminal.interactive() ? CLEAR + text : text + "\n");
    return isRead();
  }

  /** Adds a line below the others, wherever it goes. */
  public boolean append(String line) {
    terminal.out().println(line);
    return isRead();
  }

  private boolean isRead() {
    return !terminal.out().checkError();
  }
}
