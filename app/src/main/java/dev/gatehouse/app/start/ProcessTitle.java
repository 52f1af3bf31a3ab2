package dev.gatehouse.app.start;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The name of this process in the process table, which would else be one more {@code java}. */
public final class ProcessTitle {

  private static final Logger LOG = LoggerFactory.getLogger(ProcessTitle.class);

  private ProcessTitle() {}

  /** Names the process where the system lets it, which is no matter of life and death. */
  public static void set(String title) {
    Path comm = Path.of("/proc/self/comm");
    try {
      Files.write(comm, title.getBytes(US_ASCII), StandardOpenOption.WRITE);
    } catch (IOException e) {
      LOG.atDebug().setMessage("process_title_kept").addKeyValue("reason", e.getMessage()).log();
    }
  }
}
