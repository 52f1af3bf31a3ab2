package dev.gatehouse.control.relay;

import dev.gatehouse.relay.RelayAdmin;
import dev.gatehouse.relay.registry.ServerId;
import dev.gatehouse.relay.view.BanView;
import dev.gatehouse.relay.view.ConditionView;
import dev.gatehouse.relay.view.ConnectionView;
import dev.gatehouse.relay.view.Kicked;
import dev.gatehouse.relay.view.PhoneView;
import dev.gatehouse.relay.view.ServerView;
import dev.gatehouse.relay.view.TotalsView;
import dev.gatehouse.relay.view.TrafficView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A relay of which a test says who is there, and which remembers what was done to them. */
final class FakeRelay implements RelayAdmin {

  static final Instant SINCE = Instant.parse("2026-05-13T10:00:00Z");

  final List<ServerView> servers = new CopyOnWriteArrayList<>();
  final List<BanView> bans = new CopyOnWriteArrayList<>();
  final List<String> done = new ArrayList<>();
  boolean full;

  /** A server-id with a binary through which so many bytes came, and so many phones. */
  volatile TrafficView traffic = new TrafficView(0, 0, 0, 0);

  FakeRelay live(String id, int phones, long bytes, Instant since) {
    List<PhoneView> all = new ArrayList<>();
    for (int i = 0; i < phones; i++) {
      all.add(new PhoneView(connection("client-" + id + "-" + i, "Pixel", 7, since), 300, i == 0));
    }
    servers.add(
        new ServerView(
            id,
            Optional.of(connection("server-" + id, "0.9.1", bytes, since)),
            Optional.empty(),
            all));
    return this;
  }

  FakeRelay graced(String id) {
    servers.add(
        new ServerView(id, Optional.empty(), Optional.of(Duration.ofSeconds(12)), List.of()));
    return this;
  }

  private static ConnectionView connection(String name, String label, long bytes, Instant since) {
    return new ConnectionView(
        name,
        label,
        "192.0.2.1",
        since,
        since.plusSeconds(5),
        new ConnectionView.Traffic(1, bytes, 2, 3));
  }

  @Override
  public Kicked kick(ServerId id) {
    done.add("kick " + id);
    return servers.stream()
        .filter(server -> server.serverId().equals(id.text()))
        .findFirst()
        .map(server -> new Kicked(server.binary().isPresent() ? 1 : 0, server.phones().size()))
        .orElse(Kicked.NOBODY);
  }

  @Override
  public Kicked kick(ServerId id, String connection) {
    done.add("kick " + id + " " + connection);
    boolean there =
        servers.stream()
            .flatMap(server -> server.phones().stream())
            .anyMatch(phone -> phone.connection().name().equals(connection));
    return there ? new Kicked(0, 1) : Kicked.NOBODY;
  }

  @Override
  public boolean ban(ServerId id, Duration time) {
    done.add("ban " + id + " " + time);
    bans.add(new BanView(id.text(), SINCE.plus(time)));
    return !full;
  }

  @Override
  public List<BanView> bans() {
    return bans;
  }

  @Override
  public boolean removeBan(ServerId id) {
    return bans.removeIf(ban -> ban.serverId().equals(id.text()));
  }

  @Override
  public TotalsView totals() {
    return new TotalsView(1, 2, 3, 4, 20, 5, 600, 700, 8, true);
  }

  @Override
  public TrafficView traffic() {
    return traffic;
  }

  @Override
  public ConditionView condition() {
    return new ConditionView(
        ConditionView.Mode.STATIC, "relay.example.org", Optional.empty(), Optional.of(9));
  }

  @Override
  public List<ServerView> servers() {
    return servers;
  }
}
