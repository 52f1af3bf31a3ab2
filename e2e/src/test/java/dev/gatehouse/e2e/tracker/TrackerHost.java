package dev.gatehouse.e2e.tracker;

import dev.gatehouse.e2e.Daemon;
import dev.gatehouse.e2e.Insiders;
import dev.gatehouse.e2e.Namespace;
import dev.gatehouse.e2e.Scene;
import java.nio.file.Path;

/** A host of a test's own with a tracker on it, and clients that ask it. */
final class TrackerHost implements AutoCloseable {

  static final int PORT = 6969;

  /** A tracker that answers by HTTP and by UDP at every address. */
  static final String OPEN =
      """
      [ops]
      [tracker]
      [[tracker.http]]
      addr = "[::]:6969"
      [[tracker.udp]]
      addr = "[::]:6969"
      """;

  private final Scene scene;
  private final Insiders inside;
  private final Daemon daemon;

  TrackerHost(Path folder, String configuration) {
    scene = Scene.create(folder);
    inside = Insiders.of(scene.host(), 2);
    daemon = scene.gatehouse(configuration);
  }

  Scene scene() {
    return scene;
  }

  Namespace namespace() {
    return scene.host();
  }

  Daemon daemon() {
    return daemon;
  }

  /** One that asks the tracker from this address. */
  Announcer from(String address) {
    return new Announcer(inside, address, "127.0.0.1", PORT);
  }

  /** One that asks whoever is at another port, from this address. */
  Announcer from(String address, int port) {
    return new Announcer(inside, address, "127.0.0.1", port);
  }

  @Override
  public void close() {
    inside.close();
    scene.close();
  }
}
