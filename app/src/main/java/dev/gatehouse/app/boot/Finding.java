package dev.gatehouse.app.boot;

import java.util.Map;

/** What one check found. */
public sealed interface Finding {

  BootCheck check();

  /** The start is refused: what is wrong, what to do about it, and further fields of the log. */
  record Refusal(BootCheck check, String err, String fix, Map<String, String> fields)
      implements Finding {

    public Refusal {
      fields = Map.copyOf(fields);
    }
  }

  /** The start goes on, and somebody should know. */
  record Warning(BootCheck check, String err, String fix, Map<String, String> fields)
      implements Finding {

    public Warning {
      fields = Map.copyOf(fields);
    }
  }

  /** The check found nothing. */
  record Passed(BootCheck check) implements Finding {}

  /** The check cannot be made here. */
  record Skipped(BootCheck check, String reason) implements Finding {}

  /** A problem that refuses the start in some surroundings and warns in others. */
  static Finding problem(
      boolean refused, BootCheck check, String err, String fix, Map<String, String> fields) {
    return refused ? new Refusal(check, err, fix, fields) : new Warning(check, err, fix, fields);
  }
}
