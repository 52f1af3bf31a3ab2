package dev.gatehouse.net.splice;

import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A pipe of the kernel, neither of whose ends ever waits.
 *
 * @param bytes that fit if every slot is a full page
 */
record Pipe(FileDescriptor readEnd, FileDescriptor writeEnd, int bytes) implements Lease {

  private static final Logger log = LoggerFactory.getLogger(Pipe.class);

  void close() {
    close(readEnd);
    close(writeEnd);
  }

  /** The descriptor is gone even where the kernel reports an error. */
  private static void close(FileDescriptor end) {
    try {
      end.close();
    } catch (IOException thrown) {
      log.atDebug().setMessage("pipe_close_failed").setCause(thrown).log();
    }
  }
}
