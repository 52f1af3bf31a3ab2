package dev.gatehouse.config.source;

import dev.gatehouse.config.tree.Node.Kind;
import dev.gatehouse.config.tree.Node.Scalar;

/**
 * One value from outside of the file.
 *
 * @param origin how the operator knows it: {@code GATEHOUSE_OPS_LISTEN} or {@code --listen}
 */
public record Given(String origin, String text) {

  public Scalar node() {
    return new Scalar(0, Kind.UNTYPED, text);
  }
}
