package dev.gatehouse.relay.gate;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.relay.registry.ServerId;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a peer says of itself in its request.
 *
 * @param label the version of a binary or the name of a device, to be logged; may be empty
 */
public record Introduction(Role role, ServerId id, String label) {

  private static final String SERVER = "x-pyrycode-server";
  private static final String VERSION = "x-pyrycode-version";
  private static final String TOKEN = "x-pyrycode-token";
  private static final String DEVICE_NAME = "x-pyrycode-device-name";
  private static final String USER_AGENT = "user-agent";

  /** Of a label, in code points: enough to recognize, too little to fill a log. */
  private static final int MAX_LABEL = 64;

  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

  /** Reads the fields that a role must send; empty where one is missing, blank or wrong. */
  static Optional<Introduction> read(Role role, HttpHeaders headers, boolean requireToken) {
    boolean complete =
        switch (role) {
          case BINARY -> has(headers, VERSION);
          case PHONE -> !requireToken || has(headers, TOKEN);
        };
    if (!complete || !has(headers, USER_AGENT)) {
      return Optional.empty();
    }
    String label =
        switch (role) {
          case BINARY -> label(headers, VERSION);
          case PHONE -> label(headers, DEVICE_NAME);
        };
    return serverId(headers).map(id -> new Introduction(role, id, label));
  }

  private static Optional<ServerId> serverId(HttpHeaders headers) {
    List<String> values = headers.getAll(SERVER);
    return values.size() == 1 ? ServerId.parse(values.getFirst().strip()) : Optional.empty();
  }

  private static boolean has(HttpHeaders headers, String name) {
    String value = headers.get(name);
    return value != null && !value.isBlank();
  }

  /** Fields are bytes, which the codec has widened; a name in them is UTF-8. */
  private static String label(HttpHeaders headers, String name) {
    String text = new String(headers.get(name, "").getBytes(ISO_8859_1), UTF_8).strip();
    String plain = CONTROL.matcher(text).replaceAll("?");
    int length = plain.codePointCount(0, plain.length());
    return length <= MAX_LABEL ? plain : plain.substring(0, plain.offsetByCodePoints(0, MAX_LABEL));
  }
}
