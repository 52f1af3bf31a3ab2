package dev.gatehouse.proxy.l7.connection;

import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.proxy.HttpBackend;
import io.netty.channel.ChannelHandler;
import java.io.IOException;
import java.net.Socket;
import java.util.function.Function;

/** A door and the backend to which its route leads. */
public final class Stage implements AutoCloseable {

  private final HttpBackend backend;
  private final PlainDoor door;

  /**
   * @param frontend speaks with each client
   * @param settings lines of the section {@code [proxy]}
   * @param responses of the backend, one after the other
   */
  public Stage(
      Function<L7Connection, ChannelHandler> frontend, String settings, String... responses)
      throws Exception {
    backend = new HttpBackend(responses.length == 0 ? new String[] {HttpBackend.OK} : responses);
    door = new PlainDoor(frontend, settings, backend.route());
  }

  public HttpBackend backend() {
    return backend;
  }

  public PlainDoor door() {
    return door;
  }

  public Lobby lobby() {
    return door.lobby();
  }

  public Socket connect() throws IOException {
    return door.connect();
  }

  public double metric(Metric metric, String... labels) {
    return door.metric(metric, labels);
  }

  @Override
  public void close() throws IOException {
    door.close();
    backend.close();
  }
}
