package dev.gatehouse.control.call;

import dev.gatehouse.config.tree.ConfigProblem;
import dev.gatehouse.v1.Warning;
import java.util.List;

/** What is allowed but probably not meant, as messages. */
public final class Warnings {

  private Warnings() {}

  /** Of a configuration file: each tells its line. */
  public static List<Warning> of(List<ConfigProblem> warnings) {
    return warnings.stream().map(warning -> of(warning.key(), warning.toString())).toList();
  }

  /** About one field. */
  public static Warning of(String field, String text) {
    return Warning.newBuilder().setField(field).setText(text).build();
  }

  static Warning ofRequest(ConfigProblem warning) {
    return of(warning.key(), Violation.sentence(warning));
  }
}
