package dev.gatehouse.config.tree;

import dev.gatehouse.config.tree.TreeReader.Result.Grown;
import dev.gatehouse.config.tree.TreeReader.Result.Malformed;
import java.util.List;

/** Reads the bytes of one configuration file, whatever they are, into a tree or into problems. */
public final class TreeReader {

  /** Of one file; a mistaken path must not exhaust the process. */
  public static final int MAX_BYTES = Limits.MAX_BYTES;

  /** The language of a configuration file. */
  public enum Syntax {
    TOML,
    YAML
  }

  /** What came of a text. */
  public sealed interface Result {

    /** The text is well-formed. */
    record Grown(Node.Table root) implements Result {}

    /** The text is not well-formed, for at least one reason. */
    record Malformed(List<ConfigProblem> problems) implements Result {
      public Malformed {
        problems = List.copyOf(problems);
      }
    }
  }

  private TreeReader() {}

  public static Result read(byte[] bytes, Syntax syntax, String place) {
    try {
      String text = FileText.decode(bytes);
      return switch (syntax) {
        case TOML -> TomlTree.read(text, place);
        case YAML -> new Grown(new YamlTree(text).read());
      };
    } catch (MalformedTreeException malformed) {
      return new Malformed(List.of(malformed.in(place)));
    }
  }
}
