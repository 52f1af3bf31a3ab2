package dev.gatehouse.net.acme;

import dev.gatehouse.kernel.lifecycle.Part;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Looks once a second whether a certificate is to be ordered; to be started when those who ask
 * whether the domain is ours are let in.
 */
public final class OrderClock implements Part {

  private final AcmeCertificate certificate;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofVirtual().name("certificate-orders").factory());

  public OrderClock(AcmeCertificate certificate) {
    this.certificate = certificate;
  }

  @Override
  public String name() {
    return "certificate orders";
  }

  @Override
  public void start() {
    clock.scheduleWithFixedDelay(this::look, 0, 1, TimeUnit.SECONDS);
  }

  private void look() {
    try {
      certificate.look();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** Gives up an order that is under way; the next start places another. */
  @Override
  public void close() {
    clock.shutdownNow();
  }
}
