package dev.gatehouse.bench;

import dev.gatehouse.wire.Decoded;
import dev.gatehouse.wire.proxyprotocol.ProxyHeader;
import dev.gatehouse.wire.proxyprotocol.ProxyHeaderDecoder;
import dev.gatehouse.wire.tls.ClientHello;
import dev.gatehouse.wire.tls.ClientHelloDecoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What an edge reads of every connection before it decides anything. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class FirstBytesBenchmark {

  private static final int MAX_HELLO = 16 * 1024;
  private static final int MAX_RECORDS = 64;

  private static final String HELLO =
      "16030100800100007c0303000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f00"
          + "00041301c02b0100004f00000014001200000f6769742e6578616d706c652e6f7267000a00060004001d0017"
          + "000d000800060403080404010010000e000c02683208687474702f312e31002b000504030403030033000200"
          + "00";
  private static final String HEADER = "0d0a0d0a000d0a515549540a2111000cc000020ac6336407dc0401bb";

  private final ByteBuf hello = Unpooled.wrappedBuffer(HexFormat.of().parseHex(HELLO));
  private final ByteBuf header = Unpooled.wrappedBuffer(HexFormat.of().parseHex(HEADER));

  @Benchmark
  public Decoded<ClientHello> clientHello() {
    return new ClientHelloDecoder(MAX_HELLO, MAX_RECORDS).decode(hello);
  }

  @Benchmark
  public Decoded<ProxyHeader> proxyHeader() {
    header.readerIndex(0);
    return ProxyHeaderDecoder.decode(header);
  }
}
