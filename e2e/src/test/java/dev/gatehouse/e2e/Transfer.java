package dev.gatehouse.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** A connection over which something goes there and comes back until it is told to end. */
final class Transfer {

  private static final int CHUNK = 8 * 1024;
  private static final long PAUSE_NANOS = 20_000_000;

  private final Client client;
  private final Random random;
  private final AtomicBoolean over;

  Transfer(Client client, long seed, AtomicBoolean over) {
    this.client = client;
    this.random = new Random(seed);
    this.over = over;
  }

  /** The bytes that came back, each of them as it was sent. */
  long run() throws IOException {
    byte[] hello = HelloBytes.named("echo.example");
    long bytes = exchange(hello);
    byte[] chunk = new byte[CHUNK];
    while (!over.get()) {
      random.nextBytes(chunk);
      bytes += exchange(chunk);
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    Client.Ending ending = client.finish().end();
    assertThat(ending.reset()).isFalse();
    assertThat(ending.received()).isEmpty();
    client.close();
    return bytes;
  }

  private int exchange(byte[] sent) throws IOException {
    client.send(sent);
    byte[] back = client.read(sent.length);
    assertThat(Arrays.equals(back, sent)).as("as it was sent").isTrue();
    return sent.length;
  }
}
