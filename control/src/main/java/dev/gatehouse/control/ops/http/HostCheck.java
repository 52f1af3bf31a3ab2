package dev.gatehouse.control.ops.http;

import dev.gatehouse.kernel.address.AddressFamily;
import dev.gatehouse.kernel.address.AddressScope;
import dev.gatehouse.kernel.address.IpAddress;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Whether a request was meant for this host.
 *
 * <p>A name that an attacker owns can be made to resolve to 127.0.0.1, and then their page in a
 * browser on this host may read what it gets from there. The browser still says the name, so a name
 * that nobody allowed is refused.
 */
public final class HostCheck {

  /** {@code uri-host [ ":" port ]}, RFC 9110 section 7.2. */
  private static final Pattern AUTHORITY =
      Pattern.compile("(?:\\[(?<v6>[^\\[\\]]+)]|(?<name>[^\\[\\]:]+))(?::[0-9]{0,5})?");

  private final Set<String> names;

  /** Allows {@code localhost}, loopback literals, and these names. */
  public HostCheck(Collection<String> allowed) {
    names = allowed.stream().map(HostCheck::lowerCase).collect(Collectors.toUnmodifiableSet());
  }

  boolean accepts(String authority) {
    Matcher parts = AUTHORITY.matcher(authority);
    if (!parts.matches()) {
      return false;
    }
    String literal = parts.group("v6");
    if (literal != null) {
      return isLoopback(literal, AddressFamily.IPV6);
    }
    String name = lowerCase(String.valueOf(parts.group("name")));
    return name.equals("localhost") || names.contains(name) || isLoopback(name, AddressFamily.IPV4);
  }

  private static boolean isLoopback(String literal, AddressFamily family) {
    Optional<IpAddress> address = IpAddress.parse(literal);
    return address.isPresent()
        && address.get().family() == family
        && !address.get().isMapped()
        && address.get().scope() == AddressScope.LOOPBACK;
  }

  /** Of ASCII letters only: the Kelvin sign is no k in a host name. */
  private static String lowerCase(String text) {
    return text.chars().allMatch(c -> c < 128) ? text.toLowerCase(Locale.ROOT) : text;
  }
}
