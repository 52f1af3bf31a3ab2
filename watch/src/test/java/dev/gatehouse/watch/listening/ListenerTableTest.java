package dev.gatehouse.watch.listening;

import static dev.gatehouse.watch.Owners.owner;
import static dev.gatehouse.watch.SocketRows.tcp;
import static dev.gatehouse.watch.SocketRows.udp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.watch.Owners;
import dev.gatehouse.watch.SocketRows;
import dev.gatehouse.watch.exposure.Binding;
import dev.gatehouse.watch.exposure.Listener;
import dev.gatehouse.watch.exposure.Owner;
import dev.gatehouse.watch.exposure.Queues;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ListenerTableTest {

  private record Held(SocketRows socket, Owner owner) {}

  private static List<Listener> table(Held... held) {
    return table(List.of(held));
  }

  private static List<Listener> table(List<Held> held) {
    ListenerFilter filter = new ListenerFilter(Binding.OWN_NETNS, index -> "eth" + index);
    List<FoundSocket> sockets =
        filter.filter(
            held.stream().map(entry -> entry.socket().row()).toList(),
            PortRange.KERNEL_DEFAULT,
            0,
            0);
    List<Owner> owners = held.stream().map(Held::owner).toList();
    return ListenerTable.rows(sockets, owners, uid -> uid == 1000 ? "alice" : "").stream()
        .map(TableRow::listener)
        .toList();
  }

  @Test
  void twinsOfOneProcessAreOneRow() {
    assertThat(
            table(
                new Held(tcp("0.0.0.0", 80).socket(1).queue(1, 100), owner("nginx", 10)),
                new Held(tcp("0.0.0.0", 80).socket(2).queue(90, 100), owner("nginx", 10))))
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.sockets()).isEqualTo(2);
              assertThat(row.queues()).isEqualTo(new Queues(90, 100, -1));
            });
  }

  @Test
  void twinsOfTwoProcessesAreTwoRows() {
    assertThat(
            table(
                new Held(tcp("0.0.0.0", 80).socket(1), owner("nginx", 11)),
                new Held(tcp("0.0.0.0", 80).socket(2), owner("nginx", 10))))
        .extracting(row -> row.owner().pid())
        .containsExactly(10, 11);
  }

  @Test
  void addressesOfOneProcessAreRowsOfTheirOwn() {
    assertThat(
            table(
                new Held(tcp("127.0.0.53", 53), owner("resolver", 10)),
                new Held(tcp("127.0.0.1", 53), owner("resolver", 10))))
        .extracting(row -> row.binding().address().toString())
        .containsExactly("127.0.0.1", "127.0.0.53");
  }

  @Test
  void theUserIsTheOwnersElseTheSockets() {
    Held known = new Held(tcp("0.0.0.0", 80).uid(0), owner("a", 10));
    Held unknown = new Held(tcp("0.0.0.0", 81).uid(1000), Owners.nobody());
    assertThat(table(known, unknown)).extracting(Listener::user).containsOnly("alice");
  }

  @Test
  void whatMattersMostComesFirst() {
    assertThat(
            table(
                new Held(udp("0.0.0.0", 40_000), owner("a", 1)),
                new Held(tcp("127.0.0.1", 1), owner("a", 1)),
                new Held(tcp("10.0.0.1", 9), owner("a", 1)),
                new Held(udp("0.0.0.0", 1), owner("a", 1)),
                new Held(tcp("::", 80), owner("a", 1)),
                new Held(tcp("0.0.0.0", 80), owner("b", 1)),
                new Held(tcp("0.0.0.0", 80).socket(5), owner("a", 2)),
                new Held(tcp("0.0.0.0", 22), owner("z", 1))))
        .extracting(
            row ->
                row.binding().protocol().label()
                    + " "
                    + row.binding().address()
                    + " "
                    + row.binding().port()
                    + " "
                    + row.owner().process())
        .containsExactly(
            "tcp 0.0.0.0 22 z",
            "tcp 0.0.0.0 80 a",
            "tcp 0.0.0.0 80 b",
            "tcp :: 80 a",
            "udp 0.0.0.0 1 a",
            "tcp 10.0.0.1 9 a",
            "tcp 127.0.0.1 1 a",
            "udp 0.0.0.0 40000 a");
  }

  @Test
  void theOrderOfTheKernelDoesNotMatter() {
    List<Held> held = new ArrayList<>();
    for (int port = 1; port <= 20; port++) {
      held.add(new Held(tcp(port % 2 == 0 ? "0.0.0.0" : "::", 80 + port / 4), owner("p", port)));
    }
    List<Listener> expected = table(held);
    Random random = new Random(7);
    for (int round = 0; round < 100; round++) {
      Collections.shuffle(held, random);
      assertThat(table(held)).as("seed 7, round %d", round).isEqualTo(expected);
    }
  }

  @Test
  void unknownDropsDoNotSpoilKnownOnes() {
    assertThat(new Queues(0, 10, -1).merge(new Queues(5, 10, 3))).isEqualTo(new Queues(5, 10, 3));
    assertThat(new Queues(0, 10, 4).merge(new Queues(0, 10, 3)).drops()).isEqualTo(7);
  }
}
