package dev.gatehouse.app.start;

import dev.gatehouse.kernel.lifecycle.Part;
import dev.gatehouse.proxy.Proxy;
import java.util.Optional;

/**
 * The second step of an end: connections finish, while operators can still watch how they do.
 *
 * <p>Starts last but one, since parts end in reverse.
 */
public final class Draining implements Part {

  private final Optional<Proxy> proxy;

  public Draining(Optional<Proxy> proxy) {
    this.proxy = proxy;
  }

  @Override
  public String name() {
    return "drain";
  }

  @Override
  public void start() {
    // there is nobody yet
  }

  @Override
  public void close() throws InterruptedException {
    if (proxy.isPresent()) {
      proxy.get().drain();
    }
  }
}
