package dev.gatehouse.net.datagram;

import dev.gatehouse.kernel.address.AddressFamily;
import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.kernel.lifecycle.Part;
import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.kernel.metric.MetricSink;
import dev.gatehouse.kernel.metric.MetricSource;
import dev.gatehouse.net.firewall.Firewall;
import dev.gatehouse.net.listen.ListenException;
import dev.gatehouse.net.syscall.NativeAccess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A UDP port and those who answer what comes there.
 *
 * <p>{@link #start} binds and lets datagrams wait in the kernel; {@link #accept} reads them. Each
 * worker has a socket for each family and a thread for each socket, so that neither family waits
 * for the other. The firewall is asked about every datagram before anybody reads it.
 */
public final class DatagramListener implements Part, MetricSource {

  private static final Logger log = LoggerFactory.getLogger(DatagramListener.class);

  private final DatagramSettings settings;
  private final Function<LateAnswers, DatagramHandler> handlers;
  private final Surroundings around;
  private final boolean kernel;
  private volatile List<Receiver> receivers = List.of();

  /**
   * A listener that is not bound yet.
   *
   * @param handlers makes one for each socket
   * @param failed is told when a socket cannot be read any more
   */
  public DatagramListener(
      DatagramSettings settings,
      Firewall firewall,
      EventCounters counters,
      Function<LateAnswers, DatagramHandler> handlers,
      BiConsumer<DatagramListener, Throwable> failed) {
    this(settings, firewall, counters, handlers, failed, NativeAccess.refusal().isEmpty());
  }

  /**
   * @param kernel whether the kernel is asked directly
   */
  DatagramListener(
      DatagramSettings settings,
      Firewall firewall,
      EventCounters counters,
      Function<LateAnswers, DatagramHandler> handlers,
      BiConsumer<DatagramListener, Throwable> failed,
      boolean kernel) {
    this.settings = settings;
    this.handlers = handlers;
    this.kernel = kernel;
    around =
        new Surroundings(
            firewall,
            new DatagramCounters(settings.endpoint().toString(), counters),
            cause -> failed.accept(this, cause));
  }

  @Override
  public String name() {
    return settings.key() + " " + settings.endpoint();
  }

  /**
   * Binds every socket or none, with reading off.
   *
   * @throws ListenException if the address cannot be bound
   */
  @Override
  public void start() throws ListenException {
    List<Receiver> bound = new ArrayList<>();
    try {
      bindAll(bound);
    } catch (IOException e) {
      bound.forEach(Receiver::close);
      throw new ListenException(settings.key(), settings.endpoint(), e);
    }
    receivers = List.copyOf(bound);
    warnIfBufferIsSmall();
  }

  private void bindAll(List<Receiver> bound) throws IOException {
    Endpoint endpoint = settings.endpoint();
    for (IpAddress address : addresses()) {
      Endpoint wanted = new Endpoint(address, endpoint.port());
      if (isMissing(wanted)) {
        continue;
      }
      for (int i = 0; i < (kernel ? settings.workers() : 1); i++) {
        // a port that the kernel has chosen holds for all
        int port = bound.isEmpty() ? endpoint.port() : bound.getFirst().boundAddress().port();
        bound.add(bind(new Endpoint(address, port)));
      }
    }
  }

  /**
   * The wildcard of IPv6 means every address. Where the kernel is asked directly each family has a
   * socket of its own for that; else one takes both.
   */
  private List<IpAddress> addresses() {
    IpAddress address = settings.endpoint().address();
    return kernel && address.equals(IpAddress.ANY_IPV6)
        ? List.of(IpAddress.ANY_IPV4, IpAddress.ANY_IPV6)
        : List.of(address);
  }

  /**
   * Looks whether the port can be had at all: sockets that share one would share it with a stranger
   * too. Of every address, a family may be missing that the host does not have.
   */
  private boolean isMissing(Endpoint wanted) throws IOException {
    if (!kernel) {
      return false;
    }
    try {
      if (!settings.reusePort()) {
        KernelReceiver.probe(wanted, settings);
      }
      return false;
    } catch (KernelReceiver.UnboundException e) {
      boolean other = addresses().size() > 1 && wanted.address().family() == AddressFamily.IPV6;
      if (!other || !e.isMissingFamily()) {
        throw e;
      }
      log.atWarn().setMessage("ipv6_unavailable").addKeyValue("listener", name()).log();
      return true;
    }
  }

  private Receiver bind(Endpoint endpoint) throws IOException {
    boolean shared = settings.reusePort() || settings.workers() > 1;
    return kernel
        ? KernelReceiver.bound(endpoint, shared, settings, around, handlers)
        : NettyReceiver.bound(endpoint, settings, around, handlers);
  }

  private void warnIfBufferIsSmall() {
    int granted = receivers.getFirst().receiveBuffer();
    if (granted < settings.receiveBuffer()) {
      log.atWarn()
          .setMessage("receive_buffer_small")
          .addKeyValue("listener", name())
          .addKeyValue("granted", granted)
          .addKeyValue("expected", settings.receiveBuffer())
          .addKeyValue("remedy", "raise net.core.rmem_max")
          .log();
    }
  }

  /** Starts to read; what has queued meanwhile is answered. */
  public void accept() {
    receivers.forEach(Receiver::begin);
    log.atInfo()
        .setMessage("listener_opened")
        .addKeyValue("service", settings.service())
        .addKeyValue("address", boundAddress())
        .log();
  }

  /** Where the kernel says that it listens; of several sockets the first. */
  public Endpoint boundAddress() {
    if (receivers.isEmpty()) {
      throw new IllegalStateException(name() + ": not bound");
    }
    return receivers.getFirst().boundAddress();
  }

  /** Every address at which there is a socket, each once. */
  public List<Endpoint> boundAddresses() {
    return receivers.stream().map(Receiver::boundAddress).distinct().toList();
  }

  /** Stops reading, once what has been read is answered; late answers can still be sent. */
  public void stop() throws InterruptedException {
    for (Receiver receiver : receivers) {
      receiver.stop();
    }
  }

  /** Stops reading and gives the port back. */
  @Override
  public void close() throws InterruptedException {
    stop();
    receivers.forEach(Receiver::close);
    receivers = List.of();
  }

  @Override
  public void collect(MetricSink sink) {
    sink.sample(
        Metric.TRACKER_UDP_RECEIVE_DROPS,
        (double) receivers.stream().mapToLong(Receiver::receiveDrops).sum(),
        settings.endpoint().toString());
  }
}
