package dev.gatehouse.control.call;

import com.google.protobuf.Duration;
import dev.gatehouse.config.tree.Node;
import dev.gatehouse.config.tree.Node.Kind;
import dev.gatehouse.config.tree.Node.Scalar;
import dev.gatehouse.config.value.DurationText;
import dev.gatehouse.config.value.SizeText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A message as the configuration would write it.
 *
 * <p>What a field may not be is put there nevertheless, as a text that no key takes, so that one
 * reader refuses all of it.
 */
public final class RequestTree {

  private static final int NANOS_PER_MILLI = 1_000_000;
  private static final long MAX_SECONDS = 315_576_000_000L;

  private final Map<String, Node> entries = new LinkedHashMap<>();

  /** A text; the empty one of a field that was not set is left out. */
  public RequestTree text(String key, String value) {
    if (!value.isEmpty()) {
      entries.put(key, Scalar.text(value));
    }
    return this;
  }

  /** A text that is judged even if it is empty. */
  public RequestTree given(String key, String value) {
    entries.put(key, Scalar.text(value));
    return this;
  }

  /** A whole number. */
  public RequestTree number(String key, long value) {
    entries.put(key, Scalar.integer(value));
    return this;
  }

  /** A yes or no. */
  public RequestTree flag(String key, boolean value) {
    entries.put(key, new Scalar(0, Kind.BOOLEAN, Boolean.toString(value)));
    return this;
  }

  /**
   * A constant; left out if none was set.
   *
   * @param label the word of the configuration; empty for a number that means nothing here
   */
  public RequestTree choice(String key, String label, int number) {
    if (!label.isEmpty() || number != 0) {
      entries.put(key, constant(label, number));
    }
    return this;
  }

  /** As {@link #choice}, judged even if none was set. */
  public RequestTree givenChoice(String key, String label, int number) {
    entries.put(key, constant(label, number));
    return this;
  }

  /** A span of time. */
  public RequestTree duration(String key, Duration value) {
    return given(key, text(value));
  }

  /** A number of bytes, of 64 bits without a sign. */
  public RequestTree bytes(String key, long value) {
    return given(key, value < 0 ? Long.toUnsignedString(value) : SizeText.print(value));
  }

  /** Several texts; none are left out. */
  public RequestTree texts(String key, List<String> values) {
    return array(key, values.stream().<Node>map(Scalar::text).toList());
  }

  /** Several values of the form that {@link #constant} gives; none are left out. */
  public RequestTree array(String key, List<Node> values) {
    if (!values.isEmpty()) {
      entries.put(key, new Node.Array(0, values));
    }
    return this;
  }

  /** A message within this one; there even if it was not set. */
  public RequestTree message(String key, RequestTree inner) {
    entries.put(key, inner.table());
    return this;
  }

  /** A constant by its word, else by the number that has none. */
  public static Node constant(String label, int number) {
    return label.isEmpty() ? Scalar.integer(number) : Scalar.text(label);
  }

  /** What was put so far. */
  public Node.Table table() {
    return new Node.Table(0, entries);
  }

  /** In the milliseconds of the configuration; anything else in a form that it does not take. */
  private static String text(Duration value) {
    int nanos = value.getNanos();
    long seconds = value.getSeconds();
    boolean fits = nanos >= 0 && nanos % NANOS_PER_MILLI == 0;
    return fits && seconds >= 0 && seconds <= MAX_SECONDS
        ? DurationText.print(java.time.Duration.ofSeconds(seconds, nanos))
        : "%ds%+dns".formatted(seconds, nanos);
  }
}
