package dev.gatehouse.app.edge;

import dev.gatehouse.kernel.lifecycle.Part;
import dev.gatehouse.kernel.time.Ticker;
import dev.gatehouse.net.tls.SelfSigned;
import dev.gatehouse.proxy.ruleset.Ruleset;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Supplier;

/** Makes the daemon's own certificate for localhost, where a route shows it. */
public final class OwnCertificate implements Part {

  private final Path folder;
  private final Supplier<Ruleset> ruleset;
  private final Ticker ticker;

  /**
   * @param folder in which it is, absolute
   */
  public OwnCertificate(Path folder, Supplier<Ruleset> ruleset, Ticker ticker) {
    this.folder = folder;
    this.ruleset = ruleset;
    this.ticker = ticker;
  }

  @Override
  public String name() {
    return "own certificate";
  }

  @Override
  public void start() throws IOException {
    String file = folder.resolve(SelfSigned.CERTIFICATE).toString();
    boolean shown =
        ruleset.get().listeners().stream()
            .flatMap(listener -> listener.routes().stream())
            .anyMatch(route -> route.l7().certificate().equals(file));
    if (shown) {
      SelfSigned _ = SelfSigned.forLocalhost(folder, ticker.now());
    }
  }

  /** The files stay for the next start. */
  @Override
  public void close() {}
}
