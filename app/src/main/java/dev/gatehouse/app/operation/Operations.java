package dev.gatehouse.app.operation;

import dev.gatehouse.app.config.GatehouseConfig;
import dev.gatehouse.app.log.Logging;
import dev.gatehouse.config.ConfigResult.Loaded;
import dev.gatehouse.config.document.TomlText;
import dev.gatehouse.config.document.YamlText;
import dev.gatehouse.config.tree.ConfigProblem;
import dev.gatehouse.config.tree.Node;
import dev.gatehouse.control.call.ConfigRefusedException;
import dev.gatehouse.control.daemon.DaemonAdmin;
import dev.gatehouse.control.ops.LogConfig;
import dev.gatehouse.proxy.RoutingWriter;
import dev.gatehouse.proxy.ruleset.ChangeText;
import dev.gatehouse.proxy.ruleset.Difference;
import dev.gatehouse.proxy.ruleset.Drift;
import dev.gatehouse.proxy.ruleset.Edit;
import dev.gatehouse.proxy.ruleset.EditRefusedException;
import dev.gatehouse.proxy.ruleset.Ruleset;
import dev.gatehouse.proxy.ruleset.RulesetChange;
import dev.gatehouse.proxy.ruleset.RulesetEditor.Edited;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What operators do with the daemon as a whole, done. */
public final class Operations implements DaemonAdmin {

  private static final Logger log = LoggerFactory.getLogger(Operations.class);

  private final ConfigSupply supply;
  private final LiveSettings live;
  private final RoutingWriter writer;
  private final Drift drift;
  private final Drains drains;
  private final Loaded<GatehouseConfig> started;
  private Loaded<GatehouseConfig> current;

  /**
   * @param started what the daemon was started with
   */
  public Operations(
      ConfigSupply supply,
      Loaded<GatehouseConfig> started,
      LiveSettings live,
      RoutingWriter writer,
      Drift drift,
      Drains drains) {
    this.supply = supply;
    this.started = started;
    this.current = started;
    this.live = live;
    this.writer = writer;
    this.drift = drift;
    this.drains = drains;
  }

  @Override
  public synchronized Reloaded reload() throws ConfigRefusedException {
    try {
      return follow(supply.read());
    } catch (ConfigRefusedException e) {
      log.atError().setMessage("config_rejected").addKeyValue("err", e.getMessage()).log();
      throw e;
    }
  }

  private Reloaded follow(Loaded<GatehouseConfig> next) throws ConfigRefusedException {
    List<String> applied = Rereading.between(current.effective(), next.effective()).live();
    List<String> waiting = Rereading.between(started.effective(), next.effective()).restart();
    try {
      writer.between(() -> live.follow(next.value()));
    } catch (EditRefusedException | IllegalStateException e) {
      throw new ConfigRefusedException(
          List.of(new ConfigProblem("", 0, String.valueOf(e.getMessage()))));
    }
    current = next;
    drift.inFile(next.value().ruleset());
    log.atInfo()
        .setMessage("config_reloaded")
        .addKeyValue("applied", String.join(", ", applied))
        .addKeyValue("needs_restart", String.join(", ", waiting))
        .addKeyValue("drift", drift.changes().size())
        .log();
    return new Reloaded(applied, waiting, next.warnings());
  }

  @Override
  public Draining drain(Optional<String> service, Optional<Duration> timeout)
      throws EditRefusedException {
    return service.isPresent()
        ? drains.service(service.get(), timeout.orElseGet(live::shutdownTimeout))
        : drains.everything(timeout, live);
  }

  @Override
  public long snapshot(Path file) throws EditRefusedException {
    return writer.snapshot(file);
  }

  @Override
  public List<ChangeText> diff(Optional<String> toml) throws ConfigRefusedException {
    Ruleset inFile = supply.read(toml).value().ruleset();
    return texts(Difference.between(writer.ruleset(), inFile));
  }

  @Override
  public Applied apply(Optional<String> toml, boolean rehearse)
      throws ConfigRefusedException, EditRefusedException {
    Loaded<GatehouseConfig> read = supply.read(toml);
    Edit replace = new Edit.Replace(read.value().ruleset());
    Edited edited = rehearse ? writer.rehearse(replace) : writer.edit(replace);
    return new Applied(texts(edited.changes()), read.warnings());
  }

  @Override
  public synchronized String export(boolean yaml) {
    Node.Table whole = Exported.of(current.effective(), writer.ruleset());
    return yaml ? YamlText.of(whole) : TomlText.of(whole);
  }

  @Override
  public LogConfig.Level logLevel(LogConfig.Level level) {
    return LogConfig.Level.valueOf(Logging.level(level.label()).toUpperCase(Locale.ROOT));
  }

  private static List<ChangeText> texts(List<RulesetChange> changes) {
    return changes.stream().map(ChangeText::of).toList();
  }
}
