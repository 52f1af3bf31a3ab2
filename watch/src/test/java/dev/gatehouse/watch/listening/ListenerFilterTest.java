package dev.gatehouse.watch.listening;

import static dev.gatehouse.watch.SocketRows.tcp;
import static dev.gatehouse.watch.SocketRows.udp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.address.AddressFamily;
import dev.gatehouse.kernel.address.AddressScope;
import dev.gatehouse.net.sockets.SocketRow;
import dev.gatehouse.net.sockets.SocketState;
import dev.gatehouse.net.sockets.V6Only;
import dev.gatehouse.testkit.ManualTicker;
import dev.gatehouse.watch.exposure.Binding;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListenerFilterTest {

  private static final long NO_SETTLE = 0;

  private final ManualTicker ticker = new ManualTicker();
  private final ListenerFilter filter =
      new ListenerFilter(Binding.OWN_NETNS, index -> "eth" + index);

  private List<FoundSocket> filter(long settleNanos, SocketRow... rows) {
    return filter.filter(List.of(rows), PortRange.KERNEL_DEFAULT, settleNanos, ticker.nanos());
  }

  @Test
  void tcpListensByState() {
    assertThat(filter(NO_SETTLE, tcp("0.0.0.0", 80).row())).hasSize(1);
    assertThat(filter(NO_SETTLE, tcp("0.0.0.0", 80).state(SocketState.CLOSE).row())).isEmpty();
  }

  @Test
  void unconnectedUdpListens() {
    assertThat(filter(NO_SETTLE, udp("0.0.0.0", 53).row())).hasSize(1);
  }

  @Test
  void udpWithAPeerIsNoListener() {
    SocketRow connected =
        udp("127.0.0.1", 52_557).state(SocketState.ESTABLISHED).peer("127.0.0.1", 53).row();
    SocketRow closedWithPeer = udp("127.0.0.1", 53).peer("127.0.0.1", 9).row();
    SocketRow onlyPeersPort = udp("127.0.0.1", 53).peer("0.0.0.0", 9).row();
    assertThat(filter(NO_SETTLE, connected, closedWithPeer, onlyPeersPort)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"32767, false", "32768, true", "40001, true", "60999, true", "61000, false"})
  void aUdpPortOfTheClientRangeIsEphemeral(int port, boolean ephemeral) {
    assertThat(filter(NO_SETTLE, udp("0.0.0.0", port).row()))
        .extracting(FoundSocket::ephemeral)
        .containsExactly(ephemeral);
  }

  @Test
  void aTcpPortOfTheClientRangeIsNotEphemeral() {
    assertThat(filter(NO_SETTLE, tcp("0.0.0.0", 40_001).row()))
        .extracting(FoundSocket::ephemeral)
        .containsExactly(false);
  }

  @Test
  void anEphemeralSocketCountsOnceItHasSettled() {
    long settle = Duration.ofSeconds(60).toNanos();
    SocketRow row = udp("0.0.0.0", 40_001).row();
    assertThat(filter(settle, row)).isEmpty();
    ticker.advance(Duration.ofSeconds(10));
    assertThat(filter(settle, row)).isEmpty();
    ticker.advance(Duration.ofSeconds(51));
    assertThat(filter(settle, row)).extracting(FoundSocket::ephemeral).containsExactly(true);
  }

  @Test
  void anotherSocketOnThatPortSettlesForItself() {
    long settle = Duration.ofSeconds(60).toNanos();
    assertThat(filter(settle, udp("0.0.0.0", 40_001).socket(7).row())).isEmpty();
    ticker.advance(Duration.ofSeconds(61));
    assertThat(filter(settle, udp("0.0.0.0", 40_001).socket(7).cookie(8).row())).isEmpty();
  }

  @Test
  void aMappedAddressIsShownAsItsIpv4() {
    SocketRow row = tcp("::ffff:127.0.0.1", 28_086).v6Only(V6Only.NO).row();
    Binding binding = filter(NO_SETTLE, row).getFirst().binding();
    assertThat(binding.address()).hasToString("127.0.0.1");
    assertThat(binding.family()).isEqualTo(AddressFamily.IPV4);
    assertThat(binding.scope()).isEqualTo(AddressScope.LOOPBACK);
    assertThat(binding.v6Only()).isEqualTo(V6Only.UNKNOWN);
  }

  @Test
  void aDualStackWildcardStaysIpv6() {
    Binding binding =
        filter(NO_SETTLE, tcp("::", 443).v6Only(V6Only.NO).row()).getFirst().binding();
    assertThat(binding.family()).isEqualTo(AddressFamily.IPV6);
    assertThat(binding.scope()).isEqualTo(AddressScope.PUBLIC);
    assertThat(binding.v6Only()).isEqualTo(V6Only.NO);
  }

  @Test
  void aDeviceIsNamed() {
    assertThat(filter(NO_SETTLE, tcp("0.0.0.0", 80).device(2).row(), tcp("0.0.0.0", 81).row()))
        .extracting(found -> found.binding().interfaceName())
        .containsExactly("eth2", "");
  }

  @ParameterizedTest
  @CsvSource({
    "'1024\t65535\n', 1024, 65535",
    "'32768 60999', 32768, 60999",
    "'garbage', 32768, 60999",
    "'1 2 3', 32768, 60999",
    "'1 65536', 32768, 60999",
  })
  void theClientRangeIsReadFromTheKernelsFile(String text, int first, int last) {
    assertThat(PortRange.parse(text)).isEqualTo(new PortRange(first, last));
  }
}
