package dev.gatehouse.wire.envelope;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import java.util.Locale;

/** A key of the envelope that the relay knows. */
enum Field {
  CONN_ID,
  FRAME,
  CLOSE_CODE,
  PUSH_WAKE,
  /** Any other; its value is passed over. */
  UNKNOWN;

  private static final Field[] ALL = values();

  @SuppressWarnings("ImmutableEnumChecker") // never written to
  private final byte[] key = name().toLowerCase(Locale.ROOT).getBytes(US_ASCII);

  /** The field that the text between two quotation marks names. */
  static Field of(ByteBuf in, int from, int to) {
    for (Field field : ALL) {
      if (field != UNKNOWN && EscapedText.means(in, from, to, field.key)) {
        return field;
      }
    }
    return UNKNOWN;
  }
}
