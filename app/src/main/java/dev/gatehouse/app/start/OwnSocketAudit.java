package dev.gatehouse.app.start;

import dev.gatehouse.app.boot.BootRefusedException;
import dev.gatehouse.app.boot.Bound;
import dev.gatehouse.app.boot.ExposureAudit;
import dev.gatehouse.app.boot.Finding;
import dev.gatehouse.kernel.lifecycle.Part;
import dev.gatehouse.net.sockets.host.OwnListeners;
import dev.gatehouse.net.sockets.host.OwnSockets;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads back from the kernel what this process listens on, after its ports are bound and before
 * anybody is let in.
 *
 * <p>What it finds is what nobody configured: a debugger's port, a library's own server, an
 * inherited descriptor.
 */
public final class OwnSocketAudit implements Part {

  private static final Logger LOG = LoggerFactory.getLogger(OwnSocketAudit.class);

  /** A socket of the JVM that is just being closed is given this long. */
  private static final long SECOND_LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final Supplier<Set<Bound>> intended;
  private final Supplier<OwnListeners> found;
  private final boolean production;

  public OwnSocketAudit(Supplier<Set<Bound>> intended, boolean production) {
    this(intended, OwnSockets::read, production);
  }

  OwnSocketAudit(Supplier<Set<Bound>> intended, Supplier<OwnListeners> found, boolean production) {
    this.intended = intended;
    this.found = found;
    this.production = production;
  }

  @Override
  public String name() {
    return "exposure audit";
  }

  @Override
  public void start() throws BootRefusedException {
    Finding finding = look();
    if (finding instanceof Finding.Refusal) {
      LockSupport.parkNanos(SECOND_LOOK_NANOS);
      finding = look();
    }
    switch (finding) {
      case Finding.Refusal refusal -> throw new BootRefusedException(refusal);
      case Finding.Warning warning ->
          LOG.atWarn()
              .setMessage("own_sockets_unreadable")
              .addKeyValue("reason", warning.err())
              .log();
      case Finding.Passed _, Finding.Skipped _ -> LOG.debug("exposure_audit_passed");
    }
  }

  @Override
  public void close() {
    // it holds nothing
  }

  private Finding look() {
    return switch (found.get()) {
      case OwnListeners.Read read -> ExposureAudit.of(intended.get(), bound(read)).finding();
      case OwnListeners.Unreadable unreadable ->
          ExposureAudit.unreadable(unreadable.reason(), production);
    };
  }

  static Set<Bound> bound(OwnListeners.Read read) {
    return read.bound().stream()
        .map(socket -> new Bound(socket.protocol(), socket.address(), socket.port()))
        .collect(Collectors.toSet());
  }
}
