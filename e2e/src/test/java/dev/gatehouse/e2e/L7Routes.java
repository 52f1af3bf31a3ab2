package dev.gatehouse.e2e;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The configuration of a front door that speaks TLS and HTTP itself. */
final class L7Routes {

  /** Where it is. */
  static final String DOOR = "127.0.0.1:8443";

  static final int PORT = 8443;

  private final String head;
  private final Certificate certificate;
  private final List<String> routes = new ArrayList<>();

  private L7Routes(String head, Certificate certificate) {
    this.head = head;
    this.certificate = certificate;
  }

  /** Routes of that certificate, with these settings of the whole proxy. */
  static L7Routes of(Certificate certificate, String... settings) {
    return new L7Routes(
        "[ops]\n[proxy]\n" + String.join("\n", settings) + "\n" + "[[proxy.listeners]]\n",
        certificate);
  }

  /** One below example.org, with these settings besides. */
  L7Routes to(String name, String backend, String... settings) {
    return route(
        name,
        "mode = \"l7\", backend = \"%s\", tls_cert = \"%s\", tls_key = \"%s\"%s"
            .formatted(
                backend,
                certificate.chain(),
                certificate.key(),
                String.join("", commas(settings))));
  }

  /** One whose backend speaks TLS itself. */
  L7Routes through(String name, String backend) {
    return route(name, "backend = \"%s\"".formatted(backend));
  }

  private L7Routes route(String name, String rest) {
    routes.add("  { hostname = \"%s.example.org\", %s },\n".formatted(name, rest));
    return this;
  }

  private static List<String> commas(String... settings) {
    return List.of(settings).stream().map(setting -> ", " + setting).toList();
  }

  /** What verifies a backend that has this certificate. */
  static String[] verified(Path certificates) {
    return new String[] {
      "backend_tls = true",
      "backend_tls_ca = \"" + certificates + "\"",
      "backend_tls_name = \"backend.example.org\""
    };
  }

  /** The whole file, with these settings of the listener. */
  String file(String... settings) {
    return head
        + "addr = \""
        + DOOR
        + "\"\n"
        + String.join("\n", settings)
        + "\nroutes = [\n"
        + String.join("", routes)
        + "]\n";
  }
}
