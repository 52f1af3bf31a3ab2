package dev.gatehouse.cli.route;

import dev.gatehouse.cli.command.DaemonCommand;
import dev.gatehouse.cli.command.Target;
import dev.gatehouse.cli.command.Warnings;
import dev.gatehouse.cli.terminal.Terminal;
import dev.gatehouse.cli.text.PlainText;
import dev.gatehouse.cli.text.Words;
import dev.gatehouse.client.ControlException;
import dev.gatehouse.client.GatehouseClient;
import dev.gatehouse.client.proxy.AddOption;
import dev.gatehouse.client.proxy.AddedRoute;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gatehouse routes add}. */
@Command(
    name = "add",
    description = "Add a route, or make the one of that hostname equal to it.",
    footer = {
      "",
      "Examples:",
      "  gatehouse routes add git.example.org 10.0.0.5:443",
      "  gatehouse routes add :443 git.example.org 10.0.0.5:443 --backend 10.0.0.6:443",
      "  gatehouse routes add www.example.org 127.0.0.1:8080 --mode l7 --cert www.pem --key www.key"
    })
final class AddRoute extends DaemonCommand {

  @Parameters(
      index = "0..2",
      arity = "2..3",
      paramLabel = "[LISTENER] HOSTNAME BACKEND",
      hideParamSyntax = true,
      description = {
        "The listener, if there are several;",
        "a name, or a wildcard such as *.example.org;",
        "and HOST:PORT, IPv6 in brackets."
      })
  private List<String> arguments = List.of();

  @Mixin private RouteOptions route = new RouteOptions();
  @Mixin private BackendOptions backends = new BackendOptions();

  @Option(
      names = "--clear-policies",
      description = "Without --policy, drop the policies that the route has.")
  private boolean clearPolicies;

  @Option(names = "--dry-run", description = "Say what would happen, change nothing.")
  private boolean dryRun;

  AddRoute(Terminal terminal) {
    super(terminal);
  }

  @Override
  protected int ask(GatehouseClient client) throws ControlException {
    Target target = Target.of(arguments, 2);
    String hostname = target.rest().getFirst();
    AddedRoute added =
        client
            .proxy()
            .addRoute(
                target.listener(),
                route.of(hostname, backends.of(target.rest().getLast())),
                options().toArray(AddOption[]::new));
    return show(
        () -> text(hostname, added),
        json -> {
          json.text("hostname", hostname)
              .text("outcome", Words.of(added.outcome()))
              .number("id", dryRun ? -1 : added.id())
              .truth("dry_run", dryRun);
          Warnings.json(json, added.warnings());
        });
  }

  private Set<AddOption> options() {
    Set<AddOption> options = EnumSet.noneOf(AddOption.class);
    if (clearPolicies) {
      options.add(AddOption.CLEAR_POLICIES);
    }
    if (dryRun) {
      options.add(AddOption.VALIDATE_ONLY);
    }
    return options;
  }

  private String text(String hostname, AddedRoute added) {
    return "%s%s: %s%n"
            .formatted(dryRun ? "would be " : "", Words.of(added.outcome()), PlainText.of(hostname))
        + Warnings.text(added.warnings());
  }
}
