package dev.gatehouse.watch.connection;

import static dev.gatehouse.watch.SocketRows.address;
import static dev.gatehouse.watch.SocketRows.tcp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.address.AddressFamily;
import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.net.sockets.V6Only;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListenerIndexTest {

  private final ListenerIndex index = new ListenerIndex();

  private boolean covers(String text, int port) {
    IpAddress local = address(text).unmapped();
    return index.covers(port, local.family() == AddressFamily.IPV4, local.high(), local.low());
  }

  @Test
  void anEmptyIndexCoversNothing() {
    assertThat(covers("10.0.0.5", 80)).isFalse();
  }

  @Test
  void severalListenersShareAPort() {
    index.add(tcp("10.0.0.5", 80).row());
    index.add(tcp("10.0.0.6", 80).row());
    index.add(tcp("fd00::1", 80).row());
    assertThat(covers("10.0.0.5", 80)).isTrue();
    assertThat(covers("10.0.0.6", 80)).isTrue();
    assertThat(covers("fd00::1", 80)).isTrue();
    assertThat(covers("10.0.0.7", 80)).isFalse();
    assertThat(covers("10.0.0.5", 81)).isFalse();
    assertThat(index.size()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({
    "0.0.0.0, UNKNOWN, 10.0.0.5, true",
    "0.0.0.0, UNKNOWN, fd00::1, false",
    "::, NO, 10.0.0.5, true",
    "::, NO, ::ffff:10.0.0.5, true",
    "::, UNKNOWN, 10.0.0.5, true",
    "::, YES, 10.0.0.5, false",
    "::, YES, fd00::1, true",
    "::ffff:0.0.0.0, NO, 10.0.0.5, true",
    "::ffff:10.0.0.5, NO, 10.0.0.5, true",
    "::1, YES, 127.0.0.1, false",
    "::5, YES, 0.0.0.5, false",
  })
  void aWildcardCoversWhatItAccepts(String bound, V6Only v6Only, String local, boolean covered) {
    index.add(tcp(bound, 443).v6Only(v6Only).row());
    assertThat(covers(local, 443)).isEqualTo(covered);
  }

  @Test
  void clearingForgetsAllPorts() {
    index.add(tcp("0.0.0.0", 1).row());
    index.add(tcp("0.0.0.0", 65_535).row());
    index.clear();
    assertThat(covers("10.0.0.5", 1)).isFalse();
    assertThat(covers("10.0.0.5", 65_535)).isFalse();
    assertThat(index.size()).isZero();
    index.add(tcp("0.0.0.0", 2).row());
    assertThat(covers("10.0.0.5", 2)).isTrue();
    assertThat(covers("10.0.0.5", 1)).isFalse();
  }

  private record Bound(String address, int port) {}

  /** Against a list that is searched from end to end. */
  @Test
  void manyListenersAreFoundAsByASlowSearch() {
    Random random = new Random(23);
    List<Bound> bound = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      Bound next = new Bound("10.0." + random.nextInt(4) + "." + random.nextInt(8), next(random));
      bound.add(next);
      index.add(tcp(next.address(), next.port()).row());
    }
    for (int i = 0; i < 5000; i++) {
      Bound wanted = new Bound("10.0." + random.nextInt(4) + "." + random.nextInt(8), next(random));
      assertThat(covers(wanted.address(), wanted.port()))
          .as("seed 23, %s", wanted)
          .isEqualTo(bound.contains(wanted));
    }
  }

  private static int next(Random random) {
    return 1 + random.nextInt(100);
  }
}
