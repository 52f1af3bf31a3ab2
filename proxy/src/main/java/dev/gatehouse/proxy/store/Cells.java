package dev.gatehouse.proxy.store;

import dev.gatehouse.proxy.store.StoreException.Kind;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The row that is being read: what its columns mean, or which of them means nothing. */
record Cells(Path file, String table, ResultSet row) {

  long id() throws SQLException {
    return row.getLong("id");
  }

  String text(String column) throws SQLException {
    return row.getString(column);
  }

  boolean flag(String column) throws SQLException, StoreException {
    return number(column, 0, 1) == 1;
  }

  long number(String column, long least, long most) throws SQLException, StoreException {
    long number = row.getLong(column);
    if (number < least || number > most) {
      throw wrong(column, String.valueOf(number), "%d to %d".formatted(least, most));
    }
    return number;
  }

  Duration duration(String column) throws SQLException, StoreException {
    return Duration.ofMillis(number(column, 0, Integer.MAX_VALUE));
  }

  /** A column without a value means something else than 0. */
  boolean isNull(String column) throws SQLException {
    return row.getObject(column) == null;
  }

  Optional<Duration> optionalDuration(String column) throws SQLException, StoreException {
    return isNull(column) ? Optional.empty() : Optional.of(duration(column));
  }

  OptionalLong optionalNumber(String column) throws SQLException, StoreException {
    return isNull(column)
        ? OptionalLong.empty()
        : OptionalLong.of(number(column, 0, Long.MAX_VALUE));
  }

  /** One of the words of an enum. */
  <E extends Enum<E>> E choice(String column, Class<E> type, Function<E, String> label)
      throws SQLException, StoreException {
    return choice(column, text(column), type, label);
  }

  private <E extends Enum<E>> E choice(
      String column, String text, Class<E> type, Function<E, String> label)
      throws SQLException, StoreException {
    for (E constant : type.getEnumConstants()) {
      if (label.apply(constant).equals(text)) {
        return constant;
      }
    }
    throw wrong(
        column,
        text,
        Stream.of(type.getEnumConstants()).map(label).collect(Collectors.joining(", ")));
  }

  /** Several words of an enum. */
  <E extends Enum<E>> List<E> choices(String column, Class<E> type, Function<E, String> label)
      throws SQLException, StoreException {
    List<E> choices = new ArrayList<>();
    for (String text : texts(column)) {
      choices.add(choice(column, text, type, label));
    }
    return choices;
  }

  /** A value in its normal form: only so can the database tell whether two are the same. */
  <T> T parsed(String column, String expected, Function<String, Optional<T>> parser)
      throws SQLException, StoreException {
    return parsed(column, text(column), expected, parser);
  }

  /** Several of them. */
  <T> List<T> parsedAll(String column, String expected, Function<String, Optional<T>> parser)
      throws SQLException, StoreException {
    List<T> values = new ArrayList<>();
    for (String text : texts(column)) {
      values.add(parsed(column, text, expected, parser));
    }
    return values;
  }

  private <T> T parsed(
      String column, String text, String expected, Function<String, Optional<T>> parser)
      throws SQLException, StoreException {
    Optional<T> value = parser.apply(text);
    if (value.isEmpty() || !value.get().toString().equals(text)) {
      throw wrong(column, text, value.map(Object::toString).orElse(expected));
    }
    return value.get();
  }

  private List<String> texts(String column) throws SQLException, StoreException {
    String json = text(column);
    Optional<List<String>> texts = JsonTexts.read(json);
    if (texts.isEmpty()) {
      throw wrong(column, json, "a JSON array of text");
    }
    return texts.get();
  }

  /** Says which value cannot be read. */
  StoreException wrong(String column, String value, String expected) throws SQLException {
    return new StoreException(
        Kind.CORRUPT,
        "%s: %s row %d, %s = \"%s\" (expected: %s); correct or delete that row with sqlite3"
            .formatted(file, table, id(), column, value, expected));
  }
}
