package dev.gatehouse.cli;

import dev.gatehouse.v1.Exposure;
import java.io.IOException;

/** A scan in the command's own process, handed in by whoever can read the kernel's tables. */
@FunctionalInterface
public interface LocalExposure {

  /**
   * Scans once, with the rights of the caller.
   *
   * @param allNamespaces whether to look into other network namespaces too
   * @throws IOException with a message for the operator
   */
  Exposure scan(boolean allNamespaces) throws IOException;
}
