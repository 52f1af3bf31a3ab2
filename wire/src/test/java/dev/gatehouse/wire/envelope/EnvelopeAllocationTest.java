package dev.gatehouse.wire.envelope;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every message passes here, so that none may cost an object. */
class EnvelopeAllocationTest {

  private static final int ROUNDS = 50;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final JsonText json = new JsonText();
  private final EnvelopeReader reader = new EnvelopeReader();
  private final EnvelopeWriter writer = new EnvelopeWriter("client-id-0a1b2c3d");
  private final ByteBuf envelope = Unpooled.buffer(4096);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"v\":2,\"type\":\"noise_msg\",\"data\":\"QUJDREVGR0g+/w==\"}",
        "\"\\u00e9\\n κόσμε 😀\"",
        "[-12.5e3,0,true,null,{\"conn_id\":\"\",\"a\\u0062\":[[[{}]]]}]",
      })
  void aMessageIsForwardedWithoutAnObject(String text) {
    ByteBuf message = Unpooled.copiedBuffer(text, UTF_8);
    long least = Long.MAX_VALUE;
    for (int i = 0; i < ROUNDS; i++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      boolean forwarded = isForwarded(message);
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
      assertThat(forwarded).isTrue();
    }
    assertThat(least).isZero();
  }

  private boolean isForwarded(ByteBuf message) {
    boolean good = json.read(message);
    envelope.clear();
    writer.writeData(message, json.from(), json.to(), envelope);
    boolean data = reader.read(envelope) == EnvelopeKind.DATA;
    boolean found = writer.isAddressedBy(reader);
    reader.clear();
    return good && data && found;
  }
}
