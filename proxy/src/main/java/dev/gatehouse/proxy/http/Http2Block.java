package dev.gatehouse.proxy.http;

import dev.gatehouse.wire.http.Field;
import dev.gatehouse.wire.http.Fields;
import dev.gatehouse.wire.http.Grammar;
import dev.gatehouse.wire.http.HeadLimits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A block of HTTP/2 fields of which every part is what it must be (RFC 9113 section 8.2), so that
 * it may be written as HTTP/1.
 *
 * @param pseudo the values of its pseudo-header fields, by their names with colon
 * @param fields all others
 */
public record Http2Block(Map<String, String> pseudo, Fields fields) {

  /** Beside those that HTTP/2 forbids, since they mean nothing behind a connection either. */
  private static final Set<String> OF_CONNECTIONS =
      Set.of(
          "connection",
          "http2-settings",
          "keep-alive",
          "proxy-connection",
          "transfer-encoding",
          "upgrade");

  public Http2Block {
    pseudo = Map.copyOf(pseudo);
  }

  /** Whether the block is within the limits, each cookie crumb counted as a field. */
  public static boolean fits(
      Iterable<Map.Entry<CharSequence, CharSequence>> block, HeadLimits limits) {
    long size = 0;
    int count = 0;
    for (Map.Entry<CharSequence, CharSequence> field : block) {
      size += field.getKey().length() + field.getValue().length() + Field.OVERHEAD;
      count++;
    }
    return size <= limits.maxHeaderSize() && count <= limits.maxFields();
  }

  /**
   * Reads a block in the order in which it was received.
   *
   * @param known the pseudo-header fields that there may be, each once and before all others
   * @return empty where anything in it is malformed
   */
  public static Optional<Http2Block> read(
      Iterable<Map.Entry<CharSequence, CharSequence>> block, Set<String> known) {
    Map<String, String> pseudo = new HashMap<>();
    List<Field> fields = new ArrayList<>();
    for (Map.Entry<CharSequence, CharSequence> entry : block) {
      String name = entry.getKey().toString();
      String value = entry.getValue().toString();
      boolean sound =
          name.startsWith(":")
              ? fields.isEmpty()
                  && known.contains(name)
                  && Grammar.isFieldValue(value)
                  && pseudo.put(name, value) == null
              : isSound(name, value) && fields.add(new Field(name, value));
      if (!sound) {
        return Optional.empty();
      }
    }
    return Optional.of(new Http2Block(pseudo, new Fields(fields)));
  }

  private static boolean isSound(String name, String value) {
    return Field.isValid(name, value)
        && name.chars().noneMatch(letter -> letter >= 'A' && letter <= 'Z')
        && !OF_CONNECTIONS.contains(name)
        && (!name.equals("te") || value.equalsIgnoreCase("trailers"));
  }
}
