package dev.gatehouse.control.stream;

import com.google.protobuf.Duration;
import dev.gatehouse.config.Section;
import dev.gatehouse.control.call.Request;
import dev.gatehouse.control.call.RequestTree;

/** How often whoever watches is answered. */
public final class Pace {

  private static final java.time.Duration SHORTEST = java.time.Duration.ofMillis(200);
  private static final java.time.Duration LONGEST = java.time.Duration.ofSeconds(60);
  private static final java.time.Duration USUAL = java.time.Duration.ofSeconds(1);

  private Pace() {}

  /**
   * The interval that a request asks for, or the usual one.
   *
   * @throws io.grpc.StatusRuntimeException INVALID_ARGUMENT if it is out of range
   */
  public static java.time.Duration of(boolean given, Duration interval) {
    RequestTree tree = new RequestTree();
    if (given) {
      tree.duration("interval", interval);
    }
    return Request.read(tree, Pace::interval).value();
  }

  private static java.time.Duration interval(Section root) {
    return root.duration("interval", "between two answers").range(SHORTEST, LONGEST).orElse(USUAL);
  }
}
