package dev.gatehouse.net.splice;

import java.io.IOException;

/** The system calls of one direction: from the source into a pipe, from the pipe to the sink. */
interface Conduit {

  /**
   * Moves bytes from the source into the pipe.
   *
   * @return how many; 0 if the source has none now or has ended, or the pipe takes no more
   */
  int fill(int maxBytes) throws IOException;

  /**
   * Moves bytes from the pipe, which holds some, to the sink.
   *
   * @return how many; 0 if the sink takes none now
   */
  int drain(int maxBytes) throws IOException;

  /** Ends the output of the sink: behind all that was drained, its peer reads the end. */
  void end() throws IOException;
}
