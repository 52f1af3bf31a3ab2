package dev.gatehouse.bench.relay;

import static java.nio.charset.StandardCharsets.US_ASCII;

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

/** Judging, wrapping and unwrapping one message, whose content is one base64 string. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class EnvelopeBenchmark {

  private static final String NAME = "client-5f3a1c9e-7b21-4d80-9e44-0c6b2d8f1a37-0a1b2c3d";

  @Param({"1024", "65536"})
  int base64;

  private final JsonText json = new JsonText();
  private final EnvelopeReader reader = new EnvelopeReader();
  private final EnvelopeWriter writer = new EnvelopeWriter(NAME);
  private final ByteBuf message = PooledByteBufAllocator.DEFAULT.directBuffer();
  private final ByteBuf envelope = PooledByteBufAllocator.DEFAULT.directBuffer();
  private final ByteBuf out = PooledByteBufAllocator.DEFAULT.directBuffer();

  /** Grows every buffer to its size. */
  @Setup
  public void fill() {
    String data = "QUJDREVGR0g+/w==".repeat(base64 / 16);
    message.writeCharSequence(
        "{\"v\":2,\"type\":\"noise_msg\",\"data\":\"" + data + "\"}", US_ASCII);
    writer.writeData(message, 0, message.writerIndex(), envelope);
    writer.writeData(message, 0, message.writerIndex(), out);
  }

  /** Gives the buffers back. */
  @TearDown
  public void release() {
    message.release();
    envelope.release();
    out.release();
  }

  @Benchmark
  public boolean judge() {
    return json.read(message);
  }

  @Benchmark
  public int wrap() {
    boolean _ = json.read(message);
    out.clear();
    writer.writeData(message, json.from(), json.to(), out);
    return out.writerIndex();
  }

  @Benchmark
  public EnvelopeKind unwrap() {
    EnvelopeKind kind = reader.read(envelope);
    return writer.isAddressedBy(reader) ? kind : EnvelopeKind.MALFORMED;
  }
}
