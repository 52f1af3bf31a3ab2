package dev.gatehouse.net.tls;

import java.util.function.Function;

/** What came of reading something that people prepare and may get wrong. */
sealed interface Reading<T> {

  /** It is what it should be. */
  record Read<T>(T value) implements Reading<T> {}

  /** It is not; {@code reason} continues the name of the file. */
  record Unreadable<T>(String reason) implements Reading<T> {}

  /** Reads on in what was read. */
  default <R> Reading<R> then(Function<T, Reading<R>> next) {
    return switch (this) {
      case Read<T>(T value) -> next.apply(value);
      case Unreadable<T>(String reason) -> new Unreadable<>(reason);
    };
  }
}
