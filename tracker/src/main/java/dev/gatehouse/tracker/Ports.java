package dev.gatehouse.tracker;

import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.kernel.lifecycle.Part;
import dev.gatehouse.kernel.limit.SlidingWindow;
import dev.gatehouse.kernel.metric.MetricSink;
import dev.gatehouse.kernel.metric.MetricSource;
import dev.gatehouse.net.listen.Listener;
import dev.gatehouse.net.tls.CertificateStore;
import dev.gatehouse.tracker.config.HttpFrontendConfig;
import dev.gatehouse.tracker.config.TrackerConfig;
import dev.gatehouse.tracker.config.UdpFrontendConfig;
import dev.gatehouse.tracker.flow.Logic;
import dev.gatehouse.tracker.flow.Surroundings;
import dev.gatehouse.tracker.http.HttpFrontend;
import dev.gatehouse.tracker.udp.UdpFrontend;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;

/** All ports of a tracker, in the order of the configuration that it was started with. */
record Ports(TrackerConfig startedWith, List<HttpFrontend> http, List<UdpFrontend> udp)
    implements MetricSource {

  Ports {
    http = List.copyOf(http);
    udp = List.copyOf(udp);
  }

  /**
   * Ports that are not bound yet.
   *
   * @param certificates where those of ports for HTTPS are put
   * @param failed is told the name of a port that ends without having been asked to, and why
   */
  static Ports of(
      TrackerConfig config,
      Logic logic,
      HttpFrontend.Pages pages,
      CertificateStore certificates,
      Surroundings around,
      BiConsumer<String, Throwable> failed) {
    List<HttpFrontend> http =
        config.http().stream()
            .map(
                port ->
                    new HttpFrontend(
                        port,
                        logic,
                        pages,
                        config.limits().retryIn(),
                        certificates,
                        around,
                        (ended, cause) -> failed.accept(ended.name(), cause)))
            .toList();
    List<UdpFrontend> udp =
        config.udp().stream()
            .map(
                port ->
                    new UdpFrontend(
                        port,
                        config.limits(),
                        logic,
                        around,
                        (ended, cause) -> failed.accept(ended.name(), cause)))
            .toList();
    return new Ports(config, http, udp);
  }

  List<Part> parts() {
    return Stream.<Part>concat(http.stream(), udp.stream()).toList();
  }

  List<Listener> sockets() {
    return http.stream().map(HttpFrontend::listener).toList();
  }

  List<Endpoint> datagramAddresses() {
    return udp.stream().flatMap(port -> port.boundAddresses().stream()).toList();
  }

  List<TrackerView.Port> views() {
    Stream<TrackerView.Port> overTcp =
        http.stream().map(port -> new TrackerView.Port(port.protocol(), port.address()));
    Stream<TrackerView.Port> overUdp =
        datagramAddresses().stream().map(address -> new TrackerView.Port("udp", address));
    return Stream.concat(overTcp, overUdp).toList();
  }

  /** How often each port refuses by UDP, where that has a limit. */
  List<SlidingWindow> refusals() {
    return udp.stream().flatMap(port -> port.refusals().stream()).toList();
  }

  void accept() {
    http.forEach(HttpFrontend::accept);
    udp.forEach(UdpFrontend::accept);
  }

  void stopAccepting() throws InterruptedException {
    sockets().forEach(Listener::stopAccepting);
    for (UdpFrontend port : udp) {
      port.stop();
    }
  }

  /** Lets all that has begun finish, and says how many connections had to be reset. */
  int drain(Duration time) throws InterruptedException {
    for (UdpFrontend port : udp) {
      port.stop();
    }
    List<Thread> drains = new ArrayList<>();
    int[] forced = new int[http.size()];
    for (int i = 0; i < forced.length; i++) {
      int position = i;
      Listener listener = http.get(i).listener();
      drains.add(Thread.ofVirtual().start(() -> forced[position] = listener.drain(time)));
    }
    for (Thread drain : drains) {
      drain.join();
    }
    return Arrays.stream(forced).sum();
  }

  /**
   * Has every port follow another configuration that is still there in it, by its address; one that
   * is not goes on as it is, until the next start.
   *
   * @throws IOException if the key of a port cannot be read
   */
  void follow(TrackerConfig next, Logic logic) throws IOException {
    for (int i = 0; i < udp.size(); i++) {
      UdpFrontendConfig mine = startedWith.udp().get(i);
      udp.get(i)
          .follow(
              same(i, mine, next.udp(), UdpFrontendConfig::address).orElse(mine),
              next.limits(),
              logic);
    }
    for (int i = 0; i < http.size(); i++) {
      HttpFrontendConfig mine = startedWith.http().get(i);
      http.get(i)
          .follow(
              same(i, mine, next.http(), HttpFrontendConfig::address).orElse(mine),
              logic,
              next.limits().retryIn());
    }
  }

  /** At the same place, since several may share an address, or else at any. */
  private static <T> Optional<T> same(
      int place, T mine, List<T> others, Function<T, Endpoint> address) {
    Endpoint wanted = address.apply(mine);
    boolean there = place < others.size() && address.apply(others.get(place)).equals(wanted);
    return there
        ? Optional.of(others.get(place))
        : others.stream().filter(other -> address.apply(other).equals(wanted)).findFirst();
  }

  @Override
  public void collect(MetricSink sink) {
    http.forEach(port -> port.collect(sink));
    udp.forEach(port -> port.collect(sink));
  }
}
