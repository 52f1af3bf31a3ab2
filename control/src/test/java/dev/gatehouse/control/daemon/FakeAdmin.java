package dev.gatehouse.control.daemon;

import dev.gatehouse.config.tree.ConfigProblem;
import dev.gatehouse.control.call.ConfigRefusedException;
import dev.gatehouse.control.ops.LogConfig;
import dev.gatehouse.proxy.ruleset.ChangeText;
import dev.gatehouse.proxy.ruleset.EditRefusedException;
import dev.gatehouse.proxy.ruleset.RulesetChange;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A daemon that does what the test says and notes what it was asked. */
final class FakeAdmin implements DaemonAdmin {

  static final ConfigProblem WARNING =
      new ConfigProblem("gatehouse.toml", 4, "proxy.idle", "proxy.idle: too long");

  final List<String> asked = new CopyOnWriteArrayList<>();
  private volatile Progress progress = new Progress(2, List.of(), false, 0);
  private volatile @Nullable ConfigRefusedException refusedFile;
  private volatile @Nullable EditRefusedException refusedEdit;
  private LogConfig.Level level = LogConfig.Level.INFO;

  void refuse(ConfigRefusedException file) {
    refusedFile = file;
  }

  void refuse(EditRefusedException edit) {
    refusedEdit = edit;
  }

  void come(Progress far) {
    progress = far;
  }

  @Override
  public Reloaded reload() throws ConfigRefusedException {
    note("reload");
    refuseFile();
    return new Reloaded(
        List.of("proxy.idle_timeout"), List.of("ops.listen", "ops.state"), List.of(WARNING));
  }

  @Override
  public Draining drain(Optional<String> service, Optional<Duration> timeout)
      throws EditRefusedException {
    note("drain " + service.orElse("all") + ' ' + timeout.map(Duration::toString).orElse("usual"));
    refuseEdit();
    return () -> progress;
  }

  @Override
  public long snapshot(Path file) throws EditRefusedException {
    note("snapshot " + file);
    refuseEdit();
    return 8192;
  }

  @Override
  public List<ChangeText> diff(Optional<String> toml) throws ConfigRefusedException {
    note("diff " + toml.orElse("own"));
    refuseFile();
    return changes();
  }

  @Override
  public Applied apply(Optional<String> toml, boolean rehearse)
      throws ConfigRefusedException, EditRefusedException {
    note((rehearse ? "rehearse " : "apply ") + toml.orElse("own"));
    refuseFile();
    refuseEdit();
    return new Applied(changes(), List.of(WARNING));
  }

  @Override
  public String export(boolean yaml) throws EditRefusedException {
    note(yaml ? "export yaml" : "export toml");
    refuseEdit();
    return yaml ? "ops:\n" : "[ops]\n";
  }

  @Override
  public synchronized LogConfig.Level logLevel(LogConfig.Level next) {
    LogConfig.Level before = level;
    level = next;
    return before;
  }

  private static List<ChangeText> changes() {
    return List.of(
        new ChangeText(RulesetChange.Kind.LIMIT, "[::]:443", "5", "10"),
        new ChangeText(RulesetChange.Kind.FIREWALL, "ip", "", "192.0.2.1"));
  }

  private void note(String call) {
    asked.add(call);
  }

  private void refuseFile() throws ConfigRefusedException {
    if (refusedFile != null) {
      throw refusedFile;
    }
  }

  private void refuseEdit() throws EditRefusedException {
    if (refusedEdit != null) {
      throw refusedEdit;
    }
  }
}
