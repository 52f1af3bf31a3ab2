package dev.gatehouse.cli.certificate;

import dev.gatehouse.cli.command.DaemonCommand;
import dev.gatehouse.cli.terminal.Terminal;
import dev.gatehouse.client.ControlException;
import dev.gatehouse.client.GatehouseClient;
import dev.gatehouse.client.proxy.Certificate;
import java.time.ZoneId;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code gatehouse certificates}. */
@Command(
    name = "certificates",
    description = "Show the certificates of L7 routes, and what is wrong with them.",
    footer = {
      "",
      "The files are looked at by themselves; gatehouse reload looks at once.",
      "",
      "Examples:",
      "  gatehouse certificates"
    })
public final class CertificatesCommand extends DaemonCommand {

  public CertificatesCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  protected int ask(GatehouseClient client) throws ControlException {
    List<Certificate> certificates = client.proxy().certificates();
    return show(
        () ->
            render(CertificateText.table(certificates, ZoneId.systemDefault()))
                + CertificateText.problems(certificates),
        json ->
            json.objects(
                "certificates",
                certificates,
                certificate -> CertificateText.json(json, certificate)));
  }
}
