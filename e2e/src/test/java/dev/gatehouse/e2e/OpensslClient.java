package dev.gatehouse.e2e;

import java.util.ArrayList;
import java.util.List;

/** An {@code openssl s_client}, which tells every byte that a handshake took. */
final class OpensslClient {

  /** It says so in any case; with this, the server did not write one byte. */
  static final String READ_NOTHING = "SSL handshake has read 0 bytes";

  /** How it calls a reset. */
  static final String RESET = "errno=104";

  private OpensslClient() {}

  /** Asks for a page; the handshake's story is in the output before it. */
  static Program.Ended get(Namespace host, String address, String... options) {
    return send(host, address, "GET / HTTP/1.0\\r\\n\\r\\n", options);
  }

  /** Sends these words, written as for {@code printf}, and waits for the other side to close. */
  static Program.Ended send(Namespace host, String address, String words, String... options) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "sh",
                "-c",
                "printf '" + words + "' | \"$0\" \"$@\"",
                Peer.require("openssl", "openssl"),
                "s_client",
                "-ign_eof",
                "-connect",
                address));
    command.addAll(List.of(options));
    return host.run(command);
  }
}
