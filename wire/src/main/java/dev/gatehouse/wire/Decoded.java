package dev.gatehouse.wire;

/** The outcome of reading one unit of {@code T} from the front of a buffer. */
public sealed interface Decoded<T> {

  /** One whole unit; the reader index is behind it. */
  record Complete<T>(T value) implements Decoded<T> {}

  /** The bytes so far may become a unit; the reader index has not moved. */
  record Incomplete<T>() implements Decoded<T> {}

  /** Nothing that may follow makes these bytes a unit; the reader index has not moved. */
  record Malformed<T>(Fault fault) implements Decoded<T> {}

  /** Why bytes are no unit: a constant of the decoder's own closed set. */
  interface Fault {

    /** The word for this fault in metrics and logs. */
    String label();
  }
}
