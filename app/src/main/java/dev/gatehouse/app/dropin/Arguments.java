package dev.gatehouse.app.dropin;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The words of a command line, in the grammar of the predecessor: one dash or two, a value behind
 * {@code =} or as the next word, a switch with a value behind {@code =} alone; of a flag that is
 * given twice the last counts.
 *
 * @param values the texts of the flags that were given
 * @param config the file that was named
 * @param help whether it is asked what there is to say
 * @param version whether the version is asked for
 * @param problems what is no flag, or no value of one
 */
public record Arguments(
    Map<RelayFlag, String> values,
    Optional<Path> config,
    boolean help,
    boolean version,
    List<String> problems) {

  private static final int MAX_QUOTED = 64;

  public Arguments {
    values = Map.copyOf(values);
    problems = List.copyOf(problems);
  }

  /** Reads all of them, whatever is wrong with some. */
  public static Arguments of(List<String> words) {
    Reading reading = new Reading(words.iterator());
    reading.run();
    return new Arguments(
        reading.values,
        Optional.ofNullable(reading.config),
        reading.help,
        reading.version,
        reading.problems);
  }

  /** One pass over the words. */
  private static final class Reading {

    private final Iterator<String> words;
    private final Map<RelayFlag, String> values = new EnumMap<>(RelayFlag.class);
    private final List<String> problems = new ArrayList<>();
    private @Nullable Path config;
    private boolean help;
    private boolean version;

    private Reading(Iterator<String> words) {
      this.words = words;
    }

    private void run() {
      while (words.hasNext()) {
        String word = words.next();
        if (word.equals("--")) {
          words.forEachRemaining(this::stray);
        } else if (word.length() > 1 && word.startsWith("-")) {
          flag(word.substring(word.startsWith("--") ? 2 : 1));
        } else {
          stray(word);
        }
      }
    }

    private void stray(String word) {
      problems.add("unexpected word " + quoted(word) + " (expected: flags, see --help)");
    }

    private void flag(String word) {
      int equals = word.indexOf('=');
      String name = equals < 0 ? word : word.substring(0, equals);
      Optional<String> value =
          equals < 0 ? Optional.empty() : Optional.of(word.substring(equals + 1));
      switch (name) {
        case "h", "help" -> help |= isOn("--help", value);
        case "version" -> version |= isOn("--version", value);
        case "config" -> text("--config", value).ifPresent(this::file);
        default ->
            RelayFlag.named(name)
                .ifPresentOrElse(flag -> put(flag, value), () -> unknown("--" + name));
      }
    }

    private void unknown(String name) {
      problems.add("unknown flag " + quoted(name) + " (expected: one of those of --help)");
    }

    private void put(RelayFlag flag, Optional<String> value) {
      if (flag.isSwitch()) {
        values.put(flag, Boolean.toString(isOn(flag.written(), value)));
      } else {
        text(flag.written(), value).ifPresent(text -> values.put(flag, text));
      }
    }

    private Optional<String> text(String name, Optional<String> value) {
      if (value.isEmpty() && !words.hasNext()) {
        problems.add(name + ": no value (expected: one behind it)");
        return Optional.empty();
      }
      return value.isPresent() ? value : Optional.of(words.next());
    }

    private boolean isOn(String name, Optional<String> value) {
      return switch (value.orElse("true")) {
        case "1", "t", "T", "true", "TRUE", "True" -> true;
        case "0", "f", "F", "false", "FALSE", "False" -> false;
        default -> {
          problems.add(name + ": " + quoted(value.orElse("")) + " (expected: true or false)");
          yield false;
        }
      };
    }

    private void file(String name) {
      try {
        config = Path.of(name);
      } catch (InvalidPathException _) {
        problems.add("--config: " + quoted(name) + " (expected: the name of a file)");
      }
    }

    private static String quoted(String word) {
      return '"' + word.substring(0, Math.min(MAX_QUOTED, word.length())) + '"';
    }
  }
}
