package dev.gatehouse.app;

import dev.gatehouse.app.log.Logging;
import dev.gatehouse.app.start.HostName;
import dev.gatehouse.app.start.ProcessTitle;
import dev.gatehouse.cli.Cli;
import dev.gatehouse.cli.terminal.Terminal;
import dev.gatehouse.kernel.time.Ticker;
import java.util.List;

/** The entry of the program. */
public final class Main {

  private Main() {}

  /** Runs one command and ends with its exit code. */
  public static void main(String[] arguments) {
    // until a command says otherwise: a command that prints for a reader does not log
    Logging.configure("off", Logging.Format.TEXT);
    ProcessTitle.set("gatehouse");
    Ticker ticker = Ticker.system();
    Terminal terminal = Terminal.system();
    List<String> words = List.of(arguments);
    if (RelayCommand.isMeantBy(words)) {
      System.exit(new RelayCommand(terminal, ticker).run(words.subList(1, words.size())));
    }
    Cli cli =
        new Cli(
            Version.current(),
            terminal,
            new LocalScan(ticker, HostName.current()),
            List.of(
                new RunCommand(terminal, ticker),
                new CheckCommand(terminal),
                new RehearseCommand(ticker)));
    System.exit(cli.run(arguments));
  }
}
