package dev.gatehouse.wire.tls;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.gatehouse.wire.Decoded;
import dev.gatehouse.wire.Decoded.Incomplete;
import io.netty.buffer.Unpooled;

class ClientHelloFuzzTest {

  @FuzzTest(maxDuration = "30s")
  void allAtOnceAndByteByByteHaveTheSameOutcome(byte[] input) {
    Decoded<ClientHello> atOnce =
        new ClientHelloDecoder(4096, 16).decode(Unpooled.wrappedBuffer(input));
    ClientHelloDecoder slow = new ClientHelloDecoder(4096, 16);
    Decoded<ClientHello> outcome = new Incomplete<>();
    for (int length = 0; length <= input.length && outcome instanceof Incomplete; length++) {
      outcome = slow.decode(Unpooled.wrappedBuffer(input, 0, length));
    }
    assertThat(outcome).isEqualTo(atOnce);
  }
}
