package dev.gatehouse.cli;

import dev.gatehouse.cli.exposure.ExposureJson;
import dev.gatehouse.cli.exposure.ExposureText;
import dev.gatehouse.cli.terminal.LiveView;
import dev.gatehouse.client.ControlException;
import dev.gatehouse.client.GatehouseClient;
import dev.gatehouse.v1.ExposureEvent;
import dev.gatehouse.v1.GetExposureRequest;
import dev.gatehouse.v1.StreamExposureRequest;
import org.jspecify.annotations.Nullable;

/** Shows the exposure as it changes, until the reader leaves or the daemon stops. */
final class ExposureWatch {

  private final GatehouseClient client;
  private final LiveView view;
  private final ExposureOptions part;
  private @Nullable ControlException failure;

  ExposureWatch(GatehouseClient client, LiveView view, ExposureOptions part) {
    this.client = client;
    this.view = view;
    this.part = part;
  }

  /** Prints each event as one line of JSON. */
  int printEvents() throws ControlException {
    client
        .watch()
        .streamExposure(
            request(),
            event ->
                !part.selection().admits(event)
                    || view.append(ExposureJson.of(part.selection().of(event))));
    return Cli.OK;
  }

  /** Draws the table anew after each event: over the old one at a terminal, else below it. */
  int redraw(GetExposureRequest table, ExposureText text) throws ControlException {
    client.watch().streamExposure(request(), event -> draw(event, table, text));
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
      return view.draw(text.of(part.selection().of(client.watch().exposure(table))));
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
}
