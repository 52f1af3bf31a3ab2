package dev.gatehouse.cli.command;

import dev.gatehouse.cli.terminal.Terminal;
import dev.gatehouse.cli.text.Json;
import dev.gatehouse.cli.text.Table;
import dev.gatehouse.client.ControlException;
import dev.gatehouse.client.GatehouseClient;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Supplier;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command that asks a daemon, and prints the answer for people or for programs. */
public abstract class DaemonCommand implements Callable<Integer> {

  /** Of the JSON of every command; a renamed or removed field raises it. */
  private static final int JSON_VERSION = 1;

  private final Terminal terminal;

  @Mixin private DaemonOption daemon = new DaemonOption();
  @Mixin private OutputOption output = new OutputOption();
  @Spec private CommandSpec spec = CommandSpec.create();

  protected DaemonCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public final Integer call() throws Exception {
    check();
    return daemon.with(terminal.environment(), "", this::ask);
  }

  /** Refuses a wrong usage before a daemon is looked for. */
  protected void check() {}

  /** Asks, prints, and gives the exit code. */
  protected abstract int ask(GatehouseClient client) throws ControlException, IOException;

  /** Prints whichever of the two the reader wants; a text ends its lines itself. */
  protected final int show(Supplier<String> people, Consumer<Json> programs) {
    terminal.out().print(output.isJson() ? json(programs) + "\n" : people.get());
    terminal.out().flush();
    return ExitCode.OK;
  }

  protected final String render(Table table) {
    return table.render(terminal.columns(), terminal.colours());
  }

  protected final Terminal terminal() {
    return terminal;
  }

  protected final boolean isJson() {
    return output.isJson();
  }

  /** Says what is wrong with the usage, if something is. */
  protected final void refuse(boolean wrong, String message) {
    if (wrong) {
      throw new ParameterException(spec.commandLine(), message);
    }
  }

  /** One line for programs. */
  protected static String json(Consumer<Json> content) {
    return Json.object(json -> content.accept(json.number("version", JSON_VERSION)));
  }
}
