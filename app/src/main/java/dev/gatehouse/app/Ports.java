package dev.gatehouse.app;

import dev.gatehouse.app.boot.Bound;
import dev.gatehouse.app.relay.RelayService;
import dev.gatehouse.app.start.Entrance;
import dev.gatehouse.app.tracker.TrackerService;
import dev.gatehouse.app.welcome.Welcome;
import dev.gatehouse.control.ServerView.Listening;
import dev.gatehouse.control.ops.OpsListener;
import dev.gatehouse.net.listen.Listener;
import dev.gatehouse.net.sockets.Protocol;
import dev.gatehouse.proxy.Proxy;
import dev.gatehouse.tracker.Tracker;
import dev.gatehouse.watch.drift.IntendedListener;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The sockets for strangers, of whichever service; they come and go with the routes. */
record Ports(
    Optional<OpsListener> ops,
    Optional<Welcome> welcome,
    Optional<Proxy> proxy,
    Optional<RelayService> relay,
    Optional<TrackerService> tracker) {

  /** Those to which one connects. */
  List<Listener> listeners() {
    List<Listener> all = withoutTheTracker();
    tracker.ifPresent(service -> all.addAll(service.tracker().sockets()));
    return all;
  }

  private List<Listener> withoutTheTracker() {
    List<Listener> all = new ArrayList<>();
    ops.ifPresent(part -> all.add(part.listener()));
    welcome.ifPresent(part -> all.add(part.listener()));
    proxy.ifPresent(part -> all.addAll(part.sockets()));
    relay.ifPresent(service -> all.addAll(service.relay().sockets()));
    return all;
  }

  /** Where strangers come in. */
  List<Entrance> entrances() {
    List<Entrance> all = new ArrayList<>();
    withoutTheTracker().forEach(socket -> all.add(Entrance.of(socket)));
    tracker.ifPresent(all::add);
    return all;
  }

  /** As an audit of the process is to find them. */
  Set<Bound> bound() {
    return open().stream().map(Open::bound).collect(Collectors.toSet());
  }

  /** As a watch of the host is to find them. */
  Set<IntendedListener> intended() {
    return open().stream().map(Open::intended).collect(Collectors.toSet());
  }

  /** As operators are shown them, with the socket on which they ask. */
  List<Listening> shown(Optional<Path> control) {
    List<Listening> all = new ArrayList<>();
    open().forEach(socket -> all.add(socket.listening()));
    control.ifPresent(path -> all.add(new Listening("ops", "unix", path.toString())));
    return all;
  }

  private List<Open> open() {
    List<Open> all = new ArrayList<>();
    for (Listener socket : listeners()) {
      all.add(new Open(Protocol.TCP, socket.boundAddress(), socket.settings().service()));
    }
    tracker.stream()
        .flatMap(service -> service.tracker().datagramAddresses().stream())
        .forEach(address -> all.add(new Open(Protocol.UDP, address, Tracker.SERVICE)));
    return all;
  }
}
