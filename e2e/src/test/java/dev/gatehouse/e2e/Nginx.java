package dev.gatehouse.e2e;

import dev.gatehouse.testkit.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** An nginx as the backend that most people have. */
final class Nginx implements AutoCloseable {

  private static final String WORKER = "start worker process ";

  private final Path folder;
  private final Program program;

  private Nginx(Path folder, Program program) {
    this.folder = folder;
    this.program = program;
  }

  /** Starts one with these blocks and waits until it serves. */
  static Nginx start(Namespace host, Path folder, Certificate certificate, String... servers) {
    String nginx = Peer.require("nginx", "nginx");
    try {
      Path own = Files.createTempDirectory(folder, "nginx");
      Path file =
          Files.writeString(own.resolve("nginx.conf"), configuration(own, certificate, servers));
      List<String> command = List.of(nginx, "-e", "stderr", "-c", file.toString());
      Program program = host.start(Program.here(own), command);
      program.awaitErrors(WORKER);
      return new Nginx(own, program);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A server whose every page says its name, and of whom a PROXY header told it. */
  static String page(String listen, String name) {
    return """
      server {
        listen %s;
        location / { return 200 "I am %s, told of $proxy_protocol_addr, by $server_protocol\\n"; }
      }
    """
        .formatted(listen, name);
  }

  /** A server that gives out the files of a folder, and takes files in by PUT. */
  static String files(String listen, Path folder) {
    return """
      server {
        listen %s;
        root %s;
        dav_methods PUT;
        client_max_body_size 0;
      }
    """
        .formatted(listen, folder);
  }

  /** Puts new workers in the place of the old ones, as after a change of its configuration. */
  void reload() throws Exception {
    long before = workers();
    Program.run(Program.here(folder), List.of("kill", "-HUP", Long.toString(program.pid())));
    Await.until("new workers", () -> workers() > before);
  }

  private long workers() {
    return program.errorsSoFar().lines().filter(line -> line.contains(WORKER)).count();
  }

  String accessLog() throws IOException {
    return Files.readString(folder.resolve("access.log"));
  }

  private static String configuration(Path own, Certificate certificate, String... servers) {
    return """
      daemon off;
      user root;
      worker_processes 1;
      pid %1$s/nginx.pid;
      error_log stderr notice;
      events {}
      http {
        client_body_temp_path %1$s/body;
        proxy_temp_path %1$s/proxy;
        fastcgi_temp_path %1$s/fastcgi;
        uwsgi_temp_path %1$s/uwsgi;
        scgi_temp_path %1$s/scgi;
        ssl_certificate %2$s;
        ssl_certificate_key %3$s;
        log_format told "peer=$remote_addr told=$proxy_protocol_addr $request $status";
        access_log %1$s/access.log told;
      %4$s
      }
      """
        .formatted(own, certificate.chain(), certificate.key(), String.join("", servers));
  }

  @Override
  public void close() {
    program.close();
  }
}
