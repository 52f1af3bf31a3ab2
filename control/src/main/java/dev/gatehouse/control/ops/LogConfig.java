package dev.gatehouse.control.ops;

import dev.gatehouse.config.Section;
import java.util.Locale;

/** The table {@code [ops.log]}: how much is logged, and in which form. */
public record LogConfig(Level level, Format format) {

  /** The least level that is logged. */
  public enum Level {
    ERROR,
    WARN,
    INFO,
    DEBUG;

    /** The word for this in the configuration. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The form of a line. */
  public enum Format {
    /** logfmt: {@code key=value}. */
    TEXT,
    JSON;

    /** The word for this in the configuration. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static LogConfig read(Section log) {
    return new LogConfig(
        log.choice("level", "least level that is logged", Level.class, Level::label)
            .orElse(Level.INFO),
        log.choice("format", "form of a line", Format.class, Format::label).orElse(Format.TEXT));
  }
}
