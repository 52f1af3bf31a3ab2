package dev.gatehouse.app.welcome;

import dev.gatehouse.config.Section;
import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.kernel.address.LoopbackBind;
import java.util.Optional;

/**
 * The table {@code [welcome]}.
 *
 * @param listen where the page is served, on loopback; empty: nowhere
 */
public record WelcomeConfig(Optional<Endpoint> listen) {

  private static final int PORT = 8444;

  /** Where the page is served unless the configuration says otherwise. */
  public static final Endpoint DEFAULT = new Endpoint(IpAddress.ipv4(0x7f00_0001), PORT);

  /** There is no page. */
  public static final WelcomeConfig OFF = new WelcomeConfig(Optional.empty());

  /** Reads the table; without it in a file there is no page. */
  public static WelcomeConfig read(Section welcome) {
    String text =
        welcome
            .text("listen", "address of a TLS page to try the proxy with, loopback only")
            .orElse(DEFAULT.toString());
    if (!welcome.isPresent()) {
      return OFF;
    }
    return switch (LoopbackBind.check(text)) {
      case LoopbackBind.Ok(Endpoint endpoint) -> new WelcomeConfig(Optional.of(endpoint));
      case LoopbackBind.Refused refused -> {
        welcome.reject("listen", refused.reason());
        yield OFF;
      }
    };
  }
}
