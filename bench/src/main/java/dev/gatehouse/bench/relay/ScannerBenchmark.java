package dev.gatehouse.bench.relay;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.wire.envelope.EnvelopeKind;
import dev.gatehouse.wire.envelope.EnvelopeReader;
import dev.gatehouse.wire.envelope.EnvelopeWriter;
import dev.gatehouse.wire.envelope.JsonText;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A message of one kind of JSON on its way to the binary and back: judged, wrapped, read as an
 * envelope, and found to be its phone's. With {@code -prof gc} nothing may be allocated for it.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ScannerBenchmark {

  private static final String NAME = "client-5f3a1c9e-7b21-4d80-9e44-0c6b2d8f1a37-0a1b2c3d";
  private static final int LENGTH = 16_384;

  /** What the message is made of. */
  public enum Content {
    BASE64("QUJDREVGR0g+/w==", "\"", "\""),
    ESCAPES("\\u00e9\\n\\\"", "\"", "\""),
    TEXT("κόσμε, 世界 ", "\"", "\""),
    NUMBERS("-12.5e3,", "[", "0]"),
    OBJECTS("{\"v\":2,\"a\":[true,null]},", "[", "{}]"),
    LEVELS("[", "", "");

    private final String part;
    private final String before;
    private final String after;

    Content(String part, String before, String after) {
      this.part = part;
      this.before = before;
      this.after = after;
    }

    String json() {
      if (this == LEVELS) {
        return part.repeat(1000) + "]".repeat(1000);
      }
      return before + part.repeat(LENGTH / part.length()) + after;
    }
  }

  @Param Content content = Content.BASE64;

  private final JsonText json = new JsonText();
  private final EnvelopeReader reader = new EnvelopeReader();
  private final EnvelopeWriter writer = new EnvelopeWriter(NAME);
  private final ByteBuf message = PooledByteBufAllocator.DEFAULT.directBuffer();
  private final ByteBuf envelope = PooledByteBufAllocator.DEFAULT.directBuffer();

  /** Grows the buffers to their size, and makes sure that the message is one. */
  @Setup
  public void fill() {
    message.writeCharSequence(content.json(), UTF_8);
    if (forwarded() != EnvelopeKind.DATA) {
      throw new IllegalStateException(content + " is not passed on");
    }
  }

  /** Gives the buffers back. */
  @TearDown
  public void release() {
    message.release();
    envelope.release();
  }

  @Benchmark
  public EnvelopeKind forwarded() {
    if (!json.read(message)) {
      return EnvelopeKind.MALFORMED;
    }
    envelope.clear();
    writer.writeData(message, json.from(), json.to(), envelope);
    EnvelopeKind kind = reader.read(envelope);
    boolean found = writer.isAddressedBy(reader);
    reader.clear();
    return found ? kind : EnvelopeKind.MALFORMED;
  }
}
