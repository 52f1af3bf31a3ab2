package dev.gatehouse.proxy.route;

import dev.gatehouse.wire.tls.ServerName;
import java.net.IDN;
import java.util.Optional;

/** The names that a route answers to. */
public sealed interface RouteName {

  /** One name. */
  record Exact(ServerName name) implements RouteName {
    @Override
    public String toString() {
      return name.toString();
    }
  }

  /** Every name that has at least one label more in front of this one. */
  record Below(ServerName parent) implements RouteName {
    @Override
    public String toString() {
      return WILDCARD + parent;
    }
  }

  /** What stands before the parent of a wildcard. */
  String WILDCARD = "*.";

  /** What a text must look like, for the error that refuses one. */
  String EXPECTED = "a name such as \"git.example.org\", or \"*.example.org\" for all below it";

  /** Reads a name as an operator writes it, in the normal form of {@link ServerName}. */
  static Optional<RouteName> parse(String text) {
    return text.startsWith(WILDCARD)
        ? ServerName.parse(text.substring(WILDCARD.length())).map(Below::new)
        : ServerName.parse(text).map(Exact::new);
  }

  /** What to write instead of a text that {@link #parse} does not take, as far as it is known. */
  static Optional<String> remedy(String text) {
    if (text.equals("*")) {
      return Optional.of("name the route for all other names in default_route");
    }
    return asciiForm(text).map(ascii -> "write it as \"" + ascii + '"');
  }

  private static Optional<String> asciiForm(String text) {
    try {
      String ascii = IDN.toASCII(text, IDN.ALLOW_UNASSIGNED);
      return Optional.of(ascii).filter(form -> !form.equals(text) && parse(form).isPresent());
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
