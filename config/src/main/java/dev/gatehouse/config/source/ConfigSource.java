package dev.gatehouse.config.source;

import dev.gatehouse.config.tree.TreeReader;
import dev.gatehouse.config.tree.TreeReader.Syntax;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What a configuration is read from. What is given for a key wins over its environment variable,
 * which wins over the file, which wins over a preset, which wins over the default in the code.
 *
 * @param file empty: the built-in defaults, with every section present
 * @param otherVariables names under {@code GATEHOUSE_} that are no keys, such as {@code
 *     GATEHOUSE_JAVA_OPTS}
 * @param given values by path of their key, from flags and other names of variables
 * @param presets texts by path of their key that replace the default in the code
 */
public record ConfigSource(
    Optional<Document> file,
    Map<String, String> environment,
    Set<String> otherVariables,
    Map<String, Given> given,
    Map<String, String> presets) {

  /** Every variable that begins like this belongs to the product. */
  public static final String VARIABLE_PREFIX = "GATEHOUSE_";

  private static final List<Path> USUAL_PLACES =
      List.of(Path.of("gatehouse.toml"), Path.of("/etc/gatehouse/gatehouse.toml"));

  /** A file's name as errors say it, its language and its bytes. */
  @SuppressWarnings("ArrayRecordComponent") // handed straight to the reader, never compared
  public record Document(String name, Syntax syntax, byte[] bytes) {}

  public ConfigSource {
    environment = Map.copyOf(environment);
    otherVariables = Set.copyOf(otherVariables);
    given = Map.copyOf(given);
    presets = Map.copyOf(presets);
  }

  public static ConfigSource builtIn() {
    return new ConfigSource(Optional.empty(), Map.of(), Set.of(), Map.of(), Map.of());
  }

  /** Reads the bytes, of a file that is too large no more than tells so. */
  public static ConfigSource file(Path path) throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(TreeReader.MAX_BYTES + 1);
      return of(new Document(path.normalize().toString(), syntaxOf(path), bytes));
    }
  }

  public static ConfigSource text(String name, String text) {
    return of(new Document(name, syntaxOf(Path.of(name)), text.getBytes(StandardCharsets.UTF_8)));
  }

  public static ConfigSource of(Document document) {
    return new ConfigSource(Optional.of(document), Map.of(), Set.of(), Map.of(), Map.of());
  }

  /**
   * The file to read: the one asked for, whether it exists or not, else the first usual place that
   * exists.
   */
  public static Optional<Path> locate(Optional<Path> asked, Predicate<Path> exists) {
    return asked.or(() -> USUAL_PLACES.stream().filter(exists).findFirst());
  }

  public ConfigSource withEnvironment(Map<String, String> variables, Set<String> others) {
    return new ConfigSource(file, variables, others, given, presets);
  }

  /** A value that wins over everything, known to the operator as {@code origin}. */
  public ConfigSource with(String path, String origin, String text) {
    Map<String, Given> more = new HashMap<>(given);
    more.put(path, new Given(origin, text));
    return new ConfigSource(file, environment, otherVariables, more, presets);
  }

  /** A default of one command that differs from the one in the code. */
  public ConfigSource withPreset(String path, String text) {
    Map<String, String> more = new HashMap<>(presets);
    more.put(path, text);
    return new ConfigSource(file, environment, otherVariables, given, more);
  }

  /** {@code GATEHOUSE_OPS_LOG_LEVEL} for {@code ops.log.level}. */
  public static String variable(String path) {
    return VARIABLE_PREFIX + path.replace('.', '_').toUpperCase(Locale.ROOT);
  }

  /** What outranks the file for this key. */
  public Optional<Given> outranking(String path) {
    String name = variable(path);
    return Optional.ofNullable(given.get(path))
        .or(() -> Optional.ofNullable(environment.get(name)).map(text -> new Given(name, text)));
  }

  /** Whether a key that begins like this is given, or has a default of this command's own. */
  public boolean speaksOf(String beginning) {
    return Stream.of(given, presets)
        .flatMap(values -> values.keySet().stream())
        .anyMatch(path -> path.startsWith(beginning));
  }

  private static Syntax syntaxOf(Path path) {
    String name = path.toString().toLowerCase(Locale.ROOT);
    return name.endsWith(".yaml") || name.endsWith(".yml") ? Syntax.YAML : Syntax.TOML;
  }
}
