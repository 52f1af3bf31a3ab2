package dev.gatehouse.config;

import dev.gatehouse.config.ConfigResult.Loaded;
import dev.gatehouse.config.ConfigResult.Refused;
import dev.gatehouse.config.document.Declaration;
import dev.gatehouse.config.source.ConfigSource;
import dev.gatehouse.config.tree.ConfigProblem;
import dev.gatehouse.config.tree.Node.Table;
import dev.gatehouse.config.tree.TreeReader;
import dev.gatehouse.config.tree.TreeReader.Result.Grown;
import dev.gatehouse.config.tree.TreeReader.Result.Malformed;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** A configuration as one reader understands it, whatever it is read from. */
public final class Configuration<T> {

  private final Function<Section, T> reader;

  private Configuration(Function<Section, T> reader) {
    this.reader = reader;
  }

  public static <T> Configuration<T> of(Function<Section, T> reader) {
    return new Configuration<>(reader);
  }

  public ConfigResult<T> read(ConfigSource source) {
    Optional<TreeReader.Result> tree =
        source.file().map(f -> TreeReader.read(f.bytes(), f.syntax(), f.name()));
    if (tree.isEmpty()) {
      return read(source, new Table(0, Map.of()));
    }
    return switch (tree.get()) {
      case Malformed(List<ConfigProblem> problems) -> new Refused<>(problems, Optional.empty());
      case Grown(Table root) -> read(source, root);
    };
  }

  /**
   * Reads a tree that somebody else has grown, such as the message of an operator, as strictly as a
   * file: its problems have a key and no place.
   */
  public ConfigResult<T> read(Table tree) {
    return read(ConfigSource.builtIn(), tree);
  }

  /** Everything that the reader asks for. */
  public Declaration.Section describe() {
    Scope root = Scope.root(Pass.describing(), new Table(0, Map.of()));
    T _ = reader.apply(new Section(root));
    return new Declaration.Section("", "", false, root.declarations());
  }

  private ConfigResult<T> read(ConfigSource source, Table table) {
    Pass pass = Pass.reading(source);
    Scope root = Scope.root(pass, table);
    T value = reader.apply(new Section(root));
    root.refuseUnknown();
    refuseUnknownVariables(pass, describe());
    return pass.problems().isEmpty()
        ? new Loaded<>(value, root.effective(), sorted(pass.warnings()))
        : new Refused<>(sorted(pass.problems()), Optional.of(value));
  }

  private static List<ConfigProblem> sorted(List<ConfigProblem> problems) {
    return problems.stream().sorted(ConfigProblem.IN_READING_ORDER).toList();
  }

  private static void refuseUnknownVariables(Pass pass, Declaration.Section declared) {
    Set<String> known = new TreeSet<>();
    addNames("", declared, known);
    known.addAll(pass.source().otherVariables());
    known.addAll(pass.referencedVariables());
    pass.source().environment().keySet().stream()
        .filter(name -> name.startsWith(ConfigSource.VARIABLE_PREFIX) && !known.contains(name))
        .sorted()
        .forEach(name -> pass.refuseVariable(name, "unknown variable" + didYouMean(name, known)));
  }

  /** Without the prefix, which would make any two names look alike. */
  private static String didYouMean(String typed, Set<String> known) {
    int prefix = ConfigSource.VARIABLE_PREFIX.length();
    List<String> bare =
        known.stream()
            .filter(name -> name.startsWith(ConfigSource.VARIABLE_PREFIX))
            .map(name -> name.substring(prefix))
            .toList();
    return Pass.didYouMean(ConfigSource.VARIABLE_PREFIX, typed.substring(prefix), bare);
  }

  private static void addNames(String prefix, Declaration.Section section, Set<String> names) {
    for (Declaration member : section.members()) {
      switch (member) {
        case Declaration.Key key -> add(ConfigSource.variable(prefix + key.name()), names);
        case Declaration.Section inner when inner.repeated() -> {}
        case Declaration.Section inner -> addNames(prefix + inner.name() + '.', inner, names);
      }
    }
  }

  private static void add(String name, Set<String> names) {
    if (!names.add(name)) {
      throw new IllegalStateException("two keys are called " + name);
    }
  }
}
