package dev.gatehouse.e2e;

import java.util.ArrayList;
import java.util.List;

/** A curl that finds every name at the front door and trusts whoever answers there. */
final class Curl {

  /** What it ends with after a reset: while it connected, in its handshake, or while it read. */
  static final List<Integer> RESET = List.of(7, 35, 56);

  private Curl() {}

  /** The page of that name behind that address. */
  static Program.Ended get(Namespace host, String name, String address, String... options) {
    return host.run(command(name, address, "/", options));
  }

  /** The command for a path of that name behind that address. */
  static List<String> command(String name, String address, String path, String... options) {
    int colon = address.lastIndexOf(':');
    String port = address.substring(colon + 1);
    List<String> command =
        new ArrayList<>(
            List.of(
                Peer.require("curl", "curl"),
                "-ksS",
                "--resolve",
                name + ":" + port + ":" + address.substring(0, colon),
                "https://" + name + ":" + port + path));
    command.addAll(List.of(options));
    return command;
  }
}
