package dev.gatehouse.config;

import dev.gatehouse.config.document.Declaration;
import dev.gatehouse.config.source.ConfigSource;
import java.util.Set;
import java.util.TreeSet;

/** The environment's half of the check for unknown keys. */
final class Variables {

  private Variables() {}

  static void refuseUnknown(Pass pass, Declaration.Section declared) {
    Set<String> known = new TreeSet<>();
    addNames("", declared, known);
    known.addAll(pass.source().otherVariables());
    known.addAll(pass.referencedVariables());
    pass.source().environment().keySet().stream()
        .filter(name -> name.startsWith(ConfigSource.VARIABLE_PREFIX) && !known.contains(name))
        .sorted()
        .forEach(
            name -> pass.refuseVariable(name, "unknown variable" + Pass.didYouMean(name, known)));
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
