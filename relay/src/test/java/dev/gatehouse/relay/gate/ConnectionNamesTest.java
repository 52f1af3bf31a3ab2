package dev.gatehouse.relay.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.relay.registry.ServerId;
import java.util.List;
import java.util.PrimitiveIterator.OfInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConnectionNamesTest {

  @Test
  void namesHaveTheirRoleTheirServerIdAndEightDigits() {
    OfInt random = IntStream.of(0, -1, 0x0a1b_2c3d).iterator();
    ConnectionNames names = new ConnectionNames(random::nextInt);
    ServerId id = new ServerId("5f3a1c9e");
    assertThat(
            List.of(
                names.next(Role.BINARY, id),
                names.next(Role.PHONE, id),
                names.next(Role.PHONE, id)))
        .containsExactly(
            "server-5f3a1c9e-00000000", "client-5f3a1c9e-ffffffff", "client-5f3a1c9e-0a1b2c3d");
  }
}
