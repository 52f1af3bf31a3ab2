package dev.gatehouse.watch.host.network;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InterfaceAddressesTest {

  @Test
  void theLoopbackInterfaceHasItsAddress() {
    assertThat(InterfaceAddresses.ipv4("lo")).isEqualTo("127.0.0.1");
  }

  @Test
  void anInterfaceThatIsNotThereHasNone() {
    assertThat(InterfaceAddresses.ipv4("gone0")).isEmpty();
  }
}
