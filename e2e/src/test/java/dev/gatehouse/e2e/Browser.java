package dev.gatehouse.e2e;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A Chromium without a screen that opens one page, prints what becomes of it, and ends. */
final class Browser {

  private static final List<String> OPTIONS =
      List.of(
          "--headless=new",
          "--no-sandbox",
          "--disable-gpu",
          "--disable-dev-shm-usage",
          "--ignore-certificate-errors",
          "--enable-logging=stderr",
          "--host-resolver-rules=MAP *.example.org 127.0.0.1",
          "--dump-dom");

  private Browser() {}

  /**
   * Opens a page in a host.
   *
   * @param profile a folder that it makes and keeps to
   * @param more options of Chromium
   */
  static Program.Ended open(Namespace host, Path profile, String page, String... more) {
    List<String> command = new ArrayList<>();
    command.add(Peer.require("chromium", "chromium"));
    command.addAll(OPTIONS);
    command.addAll(List.of(more));
    command.add("--user-data-dir=" + profile);
    command.add(page);
    return host.run(command);
  }
}
