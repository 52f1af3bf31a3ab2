package dev.gatehouse.app;

import dev.gatehouse.app.boot.BootReport;
import dev.gatehouse.app.boot.Finding;
import dev.gatehouse.app.log.Logging;
import dev.gatehouse.config.document.TomlText;
import dev.gatehouse.config.tree.ConfigProblem;
import dev.gatehouse.config.tree.Node;
import dev.gatehouse.control.ServerView;
import dev.gatehouse.control.ops.LogConfig;
import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.proxy.ruleset.ChangeText;
import dev.gatehouse.proxy.ruleset.RulesetChange;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** What a start says of itself. */
final class StartLog {

  private static final Logger LOG = LoggerFactory.getLogger(StartLog.class);

  private static final int SHOWN_CHANGES = 5;

  private StartLog() {}

  /** Begins to write the log. */
  static void open(LogConfig log) {
    Logging.Format format =
        switch (log.format()) {
          case TEXT -> Logging.Format.TEXT;
          case JSON -> Logging.Format.JSON;
        };
    Logging.configure(log.level().label(), format);
  }

  /** Variables that only another command would have looked at. */
  static void ignored(Stream<String> variables) {
    variables.forEach(
        name -> LOG.atWarn().setMessage("legacy_env_ignored").addKeyValue("name", name).log());
  }

  /** The configuration that counts, secrets hidden: a line for each section. */
  static void configuration(Node.Table effective, List<ConfigProblem> warnings) {
    section("", effective);
    for (ConfigProblem warning : warnings) {
      LOG.atWarn().setMessage("configuration_warning").addKeyValue("err", warning).log();
    }
  }

  private static void section(String path, Node.Table table) {
    LoggingEventBuilder line = LOG.atInfo().setMessage("effective_configuration");
    boolean hasKeys = false;
    for (Map.Entry<String, Node> entry : table.entries().entrySet()) {
      if (!(entry.getValue() instanceof Node.Table)) {
        line = line.addKeyValue(path + entry.getKey(), TomlText.value(entry.getValue()));
        hasKeys = true;
      }
    }
    if (hasKeys) {
      line.log();
    }
    for (Map.Entry<String, Node> entry : table.entries().entrySet()) {
      if (entry.getValue() instanceof Node.Table inner) {
        section(path + entry.getKey() + ".", inner);
      }
    }
  }

  /** Every refusal and every warning, a line each. */
  static void findings(BootReport report) {
    for (Finding.Warning warning : report.warnings()) {
      log(LOG.atWarn().setMessage("boot_check_warning"), warning.check().label())
          .addKeyValue("err", warning.err())
          .addKeyValue("fix", warning.fix())
          .log();
    }
    report.refusals().forEach(StartLog::refusal);
  }

  static void refusal(Finding.Refusal refusal) {
    LoggingEventBuilder line =
        log(LOG.atError().setMessage("refusing to start"), refusal.check().label())
            .addKeyValue("err", refusal.err())
            .addKeyValue("fix", refusal.fix());
    fields(line, refusal.fields()).log();
  }

  private static LoggingEventBuilder fields(LoggingEventBuilder begun, Map<String, String> more) {
    LoggingEventBuilder line = begun;
    for (Map.Entry<String, String> field : more.entrySet()) {
      line = line.addKeyValue(field.getKey(), field.getValue());
    }
    return line;
  }

  /** That the file says something else than what is in force, and what it says. */
  static void drift(List<RulesetChange> changes) {
    if (changes.isEmpty()) {
      return;
    }
    String shown =
        changes.stream()
            .limit(SHOWN_CHANGES)
            .map(ChangeText::of)
            .map(text -> text.kind().label() + ' ' + text.subject())
            .collect(Collectors.joining(", "));
    LOG.atWarn()
        .setMessage("config_drift")
        .addKeyValue("count", changes.size())
        .addKeyValue("changes", shown)
        .addKeyValue("fix", "see 'gatehouse config diff'; 'gatehouse config apply' takes the file")
        .log();
  }

  /**
   * What begins to start.
   *
   * @param relay how the relay runs; empty where there is none
   */
  static void starting(String version, Map<String, String> relay) {
    fields(LOG.atInfo().setMessage("starting").addKeyValue("version", version), relay).log();
  }

  static void startingMetricsListener(Endpoint address) {
    LOG.atInfo().setMessage("starting metrics listener").addKeyValue("address", address).log();
  }

  static void ready(Duration after, List<ServerView.Listening> listeners) {
    LOG.atInfo()
        .setMessage("ready")
        .addKeyValue("after", after.toMillis() + "ms")
        .addKeyValue(
            "listening",
            listeners.stream().map(ServerView.Listening::address).collect(Collectors.joining(", ")))
        .log();
  }

  static void listenerFailed(String name, Throwable cause) {
    LOG.atError()
        .setMessage("listener failed")
        .addKeyValue("listener", name)
        .addKeyValue("err", String.valueOf(cause.getMessage()))
        .log();
    LOG.atError().setMessage("listener error; draining").log();
  }

  private static LoggingEventBuilder log(LoggingEventBuilder line, String check) {
    return line.addKeyValue("check", check);
  }
}
