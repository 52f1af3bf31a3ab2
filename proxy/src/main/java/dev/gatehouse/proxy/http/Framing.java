package dev.gatehouse.proxy.http;

import dev.gatehouse.wire.http.Fields;
import dev.gatehouse.wire.http.HttpVersion;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How the end of a body is known.
 *
 * <p>Read once, from a head with one meaning, and written anew for the other side: the fields that
 * say it are never copied (RFC 9112 section 6).
 */
public sealed interface Framing {

  String CONTENT_LENGTH = "Content-Length";
  String TRANSFER_ENCODING = "Transfer-Encoding";

  /** There is no body. */
  record None() implements Framing {}

  /** A body of that many bytes. */
  record Length(long bytes) implements Framing {

    /** Eighteen digits fit a number whatever they are; zeros in front are read as octal by some. */
    private static final Pattern DIGITS = Pattern.compile("0|[1-9][0-9]{0,17}");

    private static Optional<Framing> parse(String text) {
      return DIGITS.matcher(text).matches()
          ? Optional.of(new Length(Long.parseLong(text)))
          : Optional.empty();
    }
  }

  /** The end is marked: by the last chunk in HTTP/1.1, by END_STREAM in HTTP/2. */
  record Streamed() implements Framing {}

  /** A response of HTTP/1 that ends with its connection. */
  record UntilClose() implements Framing {}

  /**
   * What a head of HTTP/1 says; empty where readers might read it differently.
   *
   * @param otherwise what it means to say nothing
   */
  static Optional<Framing> ofHttp1(Fields fields, HttpVersion version, Framing otherwise) {
    List<String> codings = fields.values(TRANSFER_ENCODING);
    if (codings.isEmpty()) {
      return ofLength(fields, otherwise);
    }
    boolean sound =
        version == HttpVersion.HTTP_1_1
            && codings.size() == 1
            && codings.getFirst().equalsIgnoreCase("chunked")
            && !fields.has(CONTENT_LENGTH);
    return sound ? Optional.of(new Streamed()) : Optional.empty();
  }

  /**
   * What a head of HTTP/2 says; empty where it contradicts itself.
   *
   * @param ended whether the head is all there is
   */
  static Optional<Framing> ofHttp2(Fields fields, boolean ended) {
    return ofLength(fields, ended ? new None() : new Streamed())
        .filter(framing -> !ended || framing.isEmpty());
  }

  private static Optional<Framing> ofLength(Fields fields, Framing otherwise) {
    List<String> lengths = fields.values(CONTENT_LENGTH);
    if (lengths.isEmpty()) {
      return Optional.of(otherwise);
    }
    return lengths.size() == 1 ? Length.parse(lengths.getFirst()) : Optional.empty();
  }

  /** Whether no byte can follow. */
  default boolean isEmpty() {
    return switch (this) {
      case None() -> true;
      case Length(long bytes) -> bytes == 0;
      case Streamed(), UntilClose() -> false;
    };
  }

  /** The fields that say it in HTTP/1.1. */
  default Fields http1() {
    return switch (this) {
      case None() -> Fields.NONE;
      case Length(long bytes) -> Fields.NONE.with(CONTENT_LENGTH, Long.toString(bytes));
      case Streamed(), UntilClose() -> Fields.NONE.with(TRANSFER_ENCODING, "chunked");
    };
  }

  /** The fields that say it where the end is marked by other means, or by the close. */
  default Fields lengthOnly() {
    return switch (this) {
      case Length(long _) -> http1();
      case None(), Streamed(), UntilClose() -> Fields.NONE;
    };
  }
}
