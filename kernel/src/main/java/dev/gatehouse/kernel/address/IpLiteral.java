package dev.gatehouse.kernel.address;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The text form of addresses, RFC 4291 section 2.2 in and RFC 5952 out.
 *
 * <p>Our own, since the JDK's parsers take {@code 127.1}, {@code 010.0.0.1}, brackets and zones,
 * and its name lookup stands behind the same method as its literals.
 */
final class IpLiteral {

  /** {@code ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255}, the longest text of an address. */
  private static final int MAX_LENGTH = 45;

  private static final Pattern OCTET = Pattern.compile("0|[1-9][0-9]{0,2}");
  private static final Pattern GROUP = Pattern.compile("[0-9A-Fa-f]{1,4}");
  private static final int GROUPS = 8;

  private IpLiteral() {}

  static Optional<IpAddress> parse(String text) {
    if (text.isEmpty() || text.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    return text.indexOf(':') < 0 ? ipv4(text) : ipv6(text);
  }

  private static Optional<IpAddress> ipv4(String text) {
    String[] octets = text.split("\\.", -1);
    if (octets.length != 4) {
      return Optional.empty();
    }
    int bits = 0;
    for (String octet : octets) {
      if (!OCTET.matcher(octet).matches() || Integer.parseInt(octet) > 255) {
        return Optional.empty();
      }
      bits = (bits << 8) | Integer.parseInt(octet);
    }
    return Optional.of(IpAddress.ipv4(bits));
  }

  private static Optional<IpAddress> ipv6(String text) {
    int gap = text.indexOf("::");
    if (gap < 0) {
      int[] groups = groups(text);
      return groups.length == GROUPS ? Optional.of(join(groups, new int[0])) : Optional.empty();
    }
    if (text.indexOf("::", gap + 1) >= 0) {
      return Optional.empty();
    }
    String before = text.substring(0, gap);
    String after = text.substring(gap + 2);
    // an embedded quad may only end the text
    if (before.indexOf('.') >= 0) {
      return Optional.empty();
    }
    int[] head = before.isEmpty() ? new int[0] : groups(before);
    int[] tail = after.isEmpty() ? new int[0] : groups(after);
    boolean broken =
        (head.length == 0 && !before.isEmpty()) || (tail.length == 0 && !after.isEmpty());
    if (broken || head.length + tail.length >= GROUPS) {
      return Optional.empty();
    }
    return Optional.of(join(head, tail));
  }

  /** The 16-bit groups of a text without {@code ::}; none at all if any is malformed. */
  private static int[] groups(String text) {
    String[] parts = text.split(":", -1);
    String last = parts[parts.length - 1];
    boolean quad = last.indexOf('.') >= 0;
    int[] groups = new int[quad ? parts.length + 1 : parts.length];
    for (int i = 0; i < (quad ? parts.length - 1 : parts.length); i++) {
      if (!GROUP.matcher(parts[i]).matches()) {
        return new int[0];
      }
      groups[i] = Integer.parseInt(parts[i], 16);
    }
    if (quad) {
      Optional<IpAddress> embedded = ipv4(last);
      if (embedded.isEmpty()) {
        return new int[0];
      }
      groups[groups.length - 2] = (int) (embedded.get().low() >>> 16);
      groups[groups.length - 1] = (int) embedded.get().low() & 0xffff;
    }
    return groups;
  }

  private static IpAddress join(int[] head, int[] tail) {
    long[] halves = new long[2];
    for (int i = 0; i < GROUPS; i++) {
      int fromEnd = GROUPS - i;
      int group = 0;
      if (i < head.length) {
        group = head[i];
      } else if (fromEnd <= tail.length) {
        group = tail[tail.length - fromEnd];
      }
      halves[i / 4] = (halves[i / 4] << 16) | group;
    }
    return IpAddress.ipv6(halves[0], halves[1]);
  }

  static String format(IpAddress address) {
    return switch (address.family()) {
      case IPV4 -> quad((int) address.low());
      case IPV6 ->
          address.isMapped() ? "::ffff:" + quad((int) address.low()) : colons(groupsOf(address));
    };
  }

  private static String quad(int bits) {
    return (bits >>> 24)
        + "."
        + (bits >>> 16 & 255)
        + "."
        + (bits >>> 8 & 255)
        + "."
        + (bits & 255);
  }

  private static int[] groupsOf(IpAddress address) {
    int[] groups = new int[GROUPS];
    for (int i = 0; i < GROUPS; i++) {
      long half = i < 4 ? address.high() : address.low();
      groups[i] = (int) (half >>> (16 * (3 - i % 4))) & 0xffff;
    }
    return groups;
  }

  /** RFC 5952 section 4.2: the longest run of at least two zero groups is shortened, once. */
  private static String colons(int[] groups) {
    int start = -1;
    int length = 1;
    for (int i = 0; i < GROUPS; i++) {
      int run = 0;
      while (i + run < GROUPS && groups[i + run] == 0) {
        run++;
      }
      if (run > length) {
        start = i;
        length = run;
      }
    }
    if (start < 0) {
      return hex(groups, 0, GROUPS);
    }
    return hex(groups, 0, start) + "::" + hex(groups, start + length, GROUPS);
  }

  private static String hex(int[] groups, int from, int to) {
    StringBuilder text = new StringBuilder();
    for (int i = from; i < to; i++) {
      text.append(i == from ? "" : ":").append(Integer.toHexString(groups[i]));
    }
    return text.toString();
  }
}
