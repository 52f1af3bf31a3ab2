package dev.gatehouse.config.document;

import dev.gatehouse.config.tree.Node;
import dev.gatehouse.config.tree.Node.Scalar;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a feature said about one key or section while reading it. */
public sealed interface Declaration {

  String name();

  String description();

  /**
   * A key that holds one value, or a list of plain values.
   *
   * @param expectation what may stand there, as error texts say it
   * @param value the default of a {@link Need#DEFAULTED} key, an example of a {@link Need#REQUIRED}
   *     one, else null
   */
  record Key(
      String name,
      String description,
      Shape shape,
      String expectation,
      Need need,
      @Nullable Node value)
      implements Declaration {}

  /**
   * A table of keys.
   *
   * @param repeated whether it is an array of tables
   */
  record Section(String name, String description, boolean repeated, List<Declaration> members)
      implements Declaration {
    public Section {
      members = List.copyOf(members);
    }
  }

  /** What happens when a key is left out. */
  enum Need {
    DEFAULTED,
    OPTIONAL,
    REQUIRED
  }

  /**
   * The values that a key takes, as far as a schema can say it.
   *
   * @param many whether the key holds a list of them
   * @param choices all values of a {@link Type#CHOICE}
   * @param apart a value outside of the range that is allowed all the same
   */
  record Shape(
      Type type,
      boolean many,
      List<String> choices,
      @Nullable Scalar least,
      @Nullable Scalar most,
      @Nullable Scalar apart) {

    public Shape {
      choices = List.copyOf(choices);
    }

    public static Shape of(Type type) {
      return new Shape(type, false, List.of(), null, null, null);
    }

    public static Shape choice(List<String> choices) {
      return new Shape(Type.CHOICE, false, choices, null, null, null);
    }

    public Shape listed() {
      return new Shape(type, true, choices, least, most, apart);
    }

    public Shape or(Scalar value) {
      return new Shape(type, many, choices, least, most, value);
    }

    public Shape between(Scalar from, @Nullable Scalar to) {
      return new Shape(type, many, choices, from, to, apart);
    }
  }

  /** What one value is. */
  enum Type {
    INTEGER,
    DECIMAL,
    BOOLEAN,
    TEXT,
    DURATION,
    SIZE,
    CHOICE,
    /** Text or an integer with a grammar of its feature. */
    VALUE,
    SECRET
  }
}
