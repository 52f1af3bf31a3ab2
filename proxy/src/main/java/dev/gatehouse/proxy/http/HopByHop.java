package dev.gatehouse.proxy.http;

import dev.gatehouse.wire.http.Fields;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/** The fields that end here and are not forwarded (RFC 9110 section 7.6.1). */
public final class HopByHop {

  private static final Set<String> NAMES =
      Set.of(
          "connection",
          "http2-settings",
          "keep-alive",
          "proxy-authenticate",
          "proxy-authorization",
          "proxy-connection",
          "te",
          "transfer-encoding",
          "upgrade");

  private HopByHop() {}

  /** Whether a field of this name never travels on. */
  public static boolean isOne(String name) {
    return NAMES.contains(name.toLowerCase(Locale.ROOT));
  }

  /** The fields without those that end here, be it by their name or because others say so. */
  public static Fields strip(Fields fields) {
    return strip(fields, ConnectionOptions.of(fields));
  }

  /** As the other, where the options of the fields are known. */
  public static Fields strip(Fields fields, ConnectionOptions named) {
    return fields.without(field -> isOne(field.name()) || named.has(field.name()));
  }

  /** Whether the sender says that trailers will not be lost on it (RFC 9110 section 10.1.4). */
  public static boolean takesTrailers(Fields fields) {
    return fields.values("TE").stream()
        .flatMap(value -> Arrays.stream(value.split(",", -1)))
        .anyMatch(coding -> coding.trim().equalsIgnoreCase("trailers"));
  }
}
