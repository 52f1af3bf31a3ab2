package dev.gatehouse.config;

import dev.gatehouse.config.source.ConfigSource;
import dev.gatehouse.config.source.SecretStore;
import dev.gatehouse.config.tree.ConfigProblem;
import dev.gatehouse.config.tree.Node;
import dev.gatehouse.config.tree.Quotation;
import dev.gatehouse.config.value.Codec;
import dev.gatehouse.config.value.Codecs;
import dev.gatehouse.config.value.Secret;
import dev.gatehouse.config.value.Suggestion;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One reading of one source: what all sections of it share. */
final class Pass {

  private final ConfigSource source;
  private final boolean describing;
  private final String place;
  private final List<ConfigProblem> problems = new ArrayList<>();
  private final Set<String> referencedVariables = new HashSet<>();
  private final List<ConfigProblem> warnings = new ArrayList<>();

  /**
   * A value and where it stands.
   *
   * @param origin the variable or flag that gave it; null: the file
   * @param hidden whether the value may not be told, since it may be a secret
   */
  record Entry(String path, Node node, @Nullable String origin, boolean hidden) {

    Entry(String path, Node node, @Nullable String origin) {
      this(path, node, origin, false);
    }

    Entry element(int index, Node element) {
      return new Entry(path + '[' + index + ']', element, origin, hidden);
    }

    Entry hide() {
      return new Entry(path, node, origin, true);
    }
  }

  private Pass(ConfigSource source, boolean describing) {
    this.source = source;
    this.describing = describing;
    this.place = source.file().map(ConfigSource.Document::name).orElse("");
  }

  static Pass reading(ConfigSource source) {
    return new Pass(source, false);
  }

  /** A reading of nothing, in which every section and one of each repeated table is present. */
  static Pass describing() {
    return new Pass(ConfigSource.builtIn(), true);
  }

  ConfigSource source() {
    return source;
  }

  boolean isDescribing() {
    return describing;
  }

  boolean hasFile() {
    return source.file().isPresent();
  }

  List<ConfigProblem> problems() {
    return problems;
  }

  List<ConfigProblem> warnings() {
    return warnings;
  }

  Codec<Secret> secrets() {
    SecretStore store = new SecretStore(source.environment());
    return Codecs.secrets(
        reference -> {
          SecretStore.variable(reference).ifPresent(referencedVariables::add);
          return store.find(reference);
        });
  }

  /** Variables that hold secrets by the operator's choice, under any name. */
  Set<String> referencedVariables() {
    return referencedVariables;
  }

  void refuse(Entry entry, String sentence) {
    problems.add(told(entry, sentence));
  }

  /** For a variable that stands for no key. */
  void refuseVariable(String name, String sentence) {
    problems.add(new ConfigProblem("", 0, Quotation.cut(name) + ": " + sentence));
  }

  void warn(Entry entry, String sentence) {
    warnings.add(told(entry, sentence));
  }

  void refuse(String path, int line, String sentence) {
    problems.add(told(path, null, line, "", sentence));
  }

  void warn(String path, int line, String sentence) {
    warnings.add(told(path, null, line, "", sentence));
  }

  private ConfigProblem told(Entry entry, String sentence) {
    String value = entry.hidden() ? "" : " = " + Quotation.of(entry.node());
    return told(entry.path(), entry.origin(), entry.node().line(), value, sentence);
  }

  private ConfigProblem told(
      String path, @Nullable String origin, int line, String value, String sentence) {
    String subject = origin == null ? path : origin;
    return new ConfigProblem(
        origin == null ? place : "", line, path, subject + value + ": " + sentence);
  }

  static String didYouMean(String typed, Collection<String> known) {
    return didYouMean("", typed, known);
  }

  /** The prefix is shown but not compared. */
  static String didYouMean(String prefix, String typed, Collection<String> known) {
    Optional<String> nearest = Suggestion.nearest(typed, known);
    return nearest.map(name -> "; did you mean \"" + prefix + name + "\"?").orElse("");
  }
}
