package dev.gatehouse.wire.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Our reader beside Netty's, on frames that are mostly right. */
class FrameReaderDifferenceTest {

  private static final int[] FIRST = {0x01, 0x02, 0x00, 0x80, 0x81, 0x82, 0x89, 0x8a, 0x88, 0x83};

  private final Random random = new Random(6455);

  @Test
  void agreesWithNettyOnStreamsOfFrames() {
    for (int i = 0; i < 20_000; i++) {
      BothReaders.agreeOn(stream());
    }
  }

  private byte[] stream() {
    ByteBuf all = Unpooled.buffer();
    int frames = random.nextInt(6);
    for (int i = 0; i < frames; i++) {
      byte[] payload = new byte[random.nextInt(random.nextInt(20) == 0 ? 70_000 : 130)];
      random.nextBytes(payload);
      all.writeBytes(Masked.frame(FIRST[random.nextInt(FIRST.length)], payload, random.nextInt()));
    }
    if (all.isReadable() && random.nextInt(4) == 0) {
      all.setByte(random.nextInt(all.readableBytes()), random.nextInt());
    }
    byte[] bytes = ByteBufUtil.getBytes(all);
    return random.nextInt(4) == 0 ? Arrays.copyOf(bytes, bytes.length / 2) : bytes;
  }
}
