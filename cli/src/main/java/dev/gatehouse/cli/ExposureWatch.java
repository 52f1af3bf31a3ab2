package dev.gatehouse.cli;

import dev.gatehouse.cli.exposure.ExposureJson;
import dev.gatehouse.cli.exposure.ExposureText;
import dev.gatehouse.cli.terminal.Terminal;
import dev.gatehouse.control.api.ControlClient;
import dev.gatehouse.control.api.ControlException;
import dev.gatehouse.control.v1.ExposureEvent;
import dev.gatehouse.control.v1.GetExposureRequest;
import dev.gatehouse.control.v1.StreamExposureRequest;
import org.jspecify.annotations.Nullable;

/** Shows the exposure as it changes, until the reader leaves or the daemon stops. */
final class ExposureWatch {

  /** Erase the display and go to its top (ECMA-48 sections 8.3.39 and 8.3.21). */
  private static final String CLEAR = "\u001b[2J\u001b[H";

  private final ControlClient client;
  private final Terminal terminal;
  private final ExposureOptions part;
  private @Nullable ControlException failure;

  ExposureWatch(ControlClient client, Terminal terminal, ExposureOptions part) {
    this.client = client;
    this.terminal = terminal;
    this.part = part;
  }

  /** Prints each event as one line of JSON. */
  int printEvents() throws ControlException {
    client.streamExposure(
        request(),
        event -> {
          if (part.selection().admits(event)) {
            terminal.out().println(ExposureJson.of(part.selection().of(event)));
          }
          return isRead();
        });
    return Cli.OK;
  }

  /** Draws the table anew after each event: over the old one at a terminal, else below it. */
  int redraw(GetExposureRequest table, ExposureText text) throws ControlException {
    client.streamExposure(request(), event -> draw(event, table, text));
    if (failure != null) {
      throw failure;
    }
    return Cli.OK;
  }

  /** The daemon's own snapshot is asked for, so that the table never drifts from the truth. */
  private boolean draw(ExposureEvent event, GetExposureRequest table, ExposureText text) {
    if (!part.selection().admits(event)) {
      return true;
    }
    try {
      String drawn = text.of(part.selection().of(client.exposure(table)));
      terminal.out().print(terminal.interactive() ? CLEAR + drawn : drawn + "\n");
      return isRead();
    } catch (ControlException e) {
      failure = e;
      return false;
    }
  }

  private StreamExposureRequest request() {
    return StreamExposureRequest.newBuilder()
        .setMinScope(part.minScope())
        .setDriftOnly(part.driftOnly())
        .build();
  }

  /** A reader that has closed its end of the pipe wants no more. */
  private boolean isRead() {
    return !terminal.out().checkError();
  }
}
