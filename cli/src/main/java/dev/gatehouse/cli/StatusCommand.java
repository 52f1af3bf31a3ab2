package dev.gatehouse.cli;

import dev.gatehouse.cli.terminal.Terminal;
import dev.gatehouse.cli.text.PlainText;
import dev.gatehouse.cli.text.Table;
import dev.gatehouse.cli.text.TextStyle;
import dev.gatehouse.cli.text.Times;
import dev.gatehouse.cli.text.Words;
import dev.gatehouse.control.v1.GetStatusResponse;
import dev.gatehouse.control.v1.ListeningSocket;
import dev.gatehouse.control.v1.Service;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code gatehouse status}. */
@Command(
    name = "status",
    description = "Show what the daemon runs, since when, and on which sockets it listens.",
    footer = {
      "",
      "Examples:",
      "  gatehouse status",
      "  gatehouse status --json | jq '.services[] | select(.state != \"serving\")'"
    })
final class StatusCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Mixin private DaemonOption daemon = new DaemonOption();
  @Mixin private OutputOption output = new OutputOption();

  StatusCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws Exception {
    return daemon.with(
        terminal.environment(),
        "",
        client -> {
          print(client.status());
          return Cli.OK;
        });
  }

  void print(GetStatusResponse status) {
    if (output.isJson()) {
      terminal.out().println(StatusJson.of(status));
      return;
    }
    PrintWriter out = terminal.out();
    out.printf(
        "gatehouse %s · up %s%n%n",
        PlainText.of(status.getVersion()), Times.words(status.getUptime()));
    out.print(services(status).render(terminal.columns(), terminal.colours()));
    out.println();
    out.print(listeners(status).render(terminal.columns(), terminal.colours()));
    out.flush();
  }

  private static Table services(GetStatusResponse status) {
    Table table = Table.of("SERVICE", "STATE", "WAITING FOR");
    for (Service service : status.getServicesList()) {
      String waiting = String.join(", ", service.getWaitingForList());
      table.row(
          style(service),
          List.of(
              PlainText.of(service.getName()),
              Words.of(service.getState()),
              PlainText.orDash(waiting)));
    }
    return table;
  }

  private static Table listeners(GetStatusResponse status) {
    Table table = Table.of("LISTENER", "PROTO", "ADDRESS");
    for (ListeningSocket socket : status.getListenersList()) {
      table.row(
          TextStyle.PLAIN,
          List.of(
              PlainText.of(socket.getService()),
              PlainText.of(socket.getProtocol()),
              PlainText.of(socket.getAddress())));
    }
    return table;
  }

  private static TextStyle style(Service service) {
    return switch (service.getState()) {
      case SERVICE_STATE_FAILED -> TextStyle.RED;
      case SERVICE_STATE_STARTING, SERVICE_STATE_DRAINING -> TextStyle.YELLOW;
      case SERVICE_STATE_OFF -> TextStyle.DIM;
      case SERVICE_STATE_SERVING, SERVICE_STATE_UNSPECIFIED, UNRECOGNIZED -> TextStyle.PLAIN;
    };
  }
}
