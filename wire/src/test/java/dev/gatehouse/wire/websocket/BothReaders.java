package dev.gatehouse.wire.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.wire.websocket.FrameReader.Outcome;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;

/** Reads bytes with our reader and with Netty's, which have to see the same. */
final class BothReaders {

  /** More than the bytes that are read, so that no sum of fragments is beyond it. */
  private static final int MAX = 1 << 20;

  private BothReaders() {}

  static void agreeOn(byte[] input) {
    List<String> ours = ours(input);
    List<String> theirs = NettyFrames.of(input, MAX);
    // the codes and reasons of a close are not the reader's business
    int close = firstClose(ours);
    if (close >= 0) {
      assertThat(ours.subList(0, close)).isEqualTo(theirs.subList(0, close));
    } else {
      assertThat(ours).isEqualTo(theirs);
    }
  }

  private static int firstClose(List<String> frames) {
    for (int i = 0; i < frames.size(); i++) {
      if (frames.get(i).startsWith(Opcode.CLOSE.name())) {
        return i;
      }
    }
    return -1;
  }

  private static List<String> ours(byte[] input) {
    FrameReader reader = new FrameReader(MAX);
    ByteBuf in = Unpooled.copiedBuffer(input);
    List<String> all = new ArrayList<>();
    Outcome outcome = reader.read(in);
    while (outcome == Outcome.COMPLETE) {
      String payload = ByteBufUtil.hexDump(in, reader.from(), reader.to() - reader.from());
      all.add(NettyFrames.words(reader.opcode(), reader.isLast(), payload));
      outcome = reader.read(in);
    }
    if (outcome != Outcome.INCOMPLETE) {
      all.add(NettyFrames.REFUSED);
    }
    return all;
  }
}
