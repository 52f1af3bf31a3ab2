package dev.gatehouse.kernel.address;

import java.util.Optional;

/**
 * Whether a text names an address to which a private listener may be bound.
 *
 * <p>No name is ever looked up: one that means loopback at the check can mean something else at the
 * bind. The caller binds the {@link Endpoint} that was checked, never the text.
 */
public sealed interface LoopbackBind {

  /** What to do instead of publishing the listener. */
  String FIX = "reach it from elsewhere through an SSH tunnel or a sidecar";

  /** A literal inside {@code 127.0.0.0/8}, or {@code ::1}, with a port. */
  record Ok(Endpoint endpoint) implements LoopbackBind {}

  /** An address that would not be bound. */
  sealed interface Refused extends LoopbackBind {

    /** What was given. */
    String text();

    /** Why it is refused, and what to write instead. */
    String reason();

    /** The whole error, which begins with where the text came from, such as {@code ops.listen}. */
    default String error(String origin) {
      return origin + " = \"" + text() + "\": " + reason();
    }
  }

  /** A well-formed text that would publish the listener, or that only a resolver could judge. */
  record NotLoopback(String text, Host host, int port) implements Refused {

    @Override
    public String reason() {
      String reason =
          switch (host) {
            case LITERAL ->
                "not a loopback address; use 127.0.0.1:%1$d or [::1]:%1$d,"
                    + " or \"\" to switch the listener off";
            case NAME -> "host names are refused, an IP literal is required; use 127.0.0.1:%1$d";
          };
      return reason.formatted(port);
    }
  }

  /** Not an address and a port at all. */
  record Malformed(String text) implements Refused {

    @Override
    public String reason() {
      return "expected IP:PORT with a port from 1 to 65535, such as 127.0.0.1:9090";
    }
  }

  /** How the host of a refused text is written. */
  enum Host {
    /** An address, or nothing, which means all of them. */
    LITERAL,
    NAME
  }

  /** Judges a text such as {@code 127.0.0.1:9090}: first its form, then its port, then its host. */
  static LoopbackBind check(String text) {
    Optional<HostPort> halves = HostPort.split(text);
    if (halves.isEmpty()) {
      return new Malformed(text);
    }
    String host = halves.get().host();
    int port = halves.get().port();
    Optional<IpAddress> address = IpAddress.parse(host);
    if (address.isEmpty()) {
      return new NotLoopback(text, host.isEmpty() ? Host.LITERAL : Host.NAME, port);
    }
    // a mapped address has a plain spelling, and only that one is taken
    boolean loopback = !address.get().isMapped() && address.get().scope() == AddressScope.LOOPBACK;
    return loopback
        ? new Ok(new Endpoint(address.get(), port))
        : new NotLoopback(text, Host.LITERAL, port);
  }
}
