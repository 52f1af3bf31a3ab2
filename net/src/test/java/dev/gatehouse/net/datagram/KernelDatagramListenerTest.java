package dev.gatehouse.net.datagram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.net.firewall.Firewall;
import dev.gatehouse.net.syscall.NativeAccess;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Sockets that are read with calls into the C library, which needs Linux. */
class KernelDatagramListenerTest extends DatagramListenerContract {

  @BeforeAll
  static void isThere() {
    assumeThat(NativeAccess.refusal()).isEmpty();
  }

  @Override
  DatagramListener listener(DatagramSettings settings, Firewall firewall) {
    return new DatagramListener(
        settings, firewall, counters, this::handler, (_, cause) -> fail(cause), true);
  }

  private static void fail(Throwable cause) {
    throw new AssertionError(cause);
  }

  @Test
  void workersShareThePort() throws Exception {
    DatagramListener many = newListener(LOOPBACK, 3);
    many.start();
    assertThat(many.boundAddresses()).hasSize(1);
    many.close();
  }

  @Test
  void listenersMayShareThePortIfToldSo() throws Exception {
    List<DatagramListener> listeners = new ArrayList<>();
    Endpoint at = LOOPBACK;
    for (int i = 0; i < 2; i++) {
      DatagramListener next =
          listener(
              new DatagramSettings("tracker.udp", "tracker", at, 1, true, 65_536, 64, 64),
              Firewall.OPEN);
      next.start();
      at = next.boundAddress();
      listeners.add(next);
    }
    assertThat(ports(listeners)).containsOnly(at.port());
    for (DatagramListener each : listeners) {
      each.close();
    }
  }

  @Test
  void aSmallBufferIsTold() throws Exception {
    log.expect("receive_buffer_small");
    DatagramListener greedy =
        listener(
            new DatagramSettings(
                "tracker.udp", "tracker", LOOPBACK, 1, false, Integer.MAX_VALUE, 64, 64),
            Firewall.OPEN);
    greedy.start();
    greedy.close();
  }

  @Test
  void whatTheKernelLostIsKnown() throws Exception {
    DatagramListener listener = newListener(LOOPBACK, 1);
    listener.start();
    List<Double> drops = new ArrayList<>();
    listener.collect(
        (metric, value, _) -> {
          assertThat(metric).isEqualTo(Metric.TRACKER_UDP_RECEIVE_DROPS);
          drops.add(value);
        });
    assertThat(drops).containsExactly(0.0);
    listener.close();
  }
}
