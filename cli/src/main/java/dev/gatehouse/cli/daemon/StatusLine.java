package dev.gatehouse.cli.daemon;

import dev.gatehouse.cli.text.PlainText;
import dev.gatehouse.cli.text.Times;
import dev.gatehouse.client.daemon.Status;

/** A daemon in one line. */
public final class StatusLine {

  private StatusLine() {}

  /** {@code gatehouse 1.2.3 · up 1d 2h · 7 connections (100 since the start)}. */
  public static String of(Status status) {
    return "gatehouse %s · up %s · %d connections (%d since the start)%s"
        .formatted(
            PlainText.of(status.version()),
            Times.words(status.uptime()),
            status.traffic().activeConnections(),
            status.traffic().totalConnections(),
            status.draining() ? " · draining" : "");
  }

  /** How many things differ from the file, as a line; nothing for none. */
  public static String drift(int things) {
    if (things == 0) {
      return "";
    }
    return "%d %s between the configuration file and the database; see 'gatehouse config diff'.%n"
        .formatted(things, things == 1 ? "thing differs" : "things differ");
  }
}
