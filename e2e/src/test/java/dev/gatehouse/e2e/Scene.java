package dev.gatehouse.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** A host of a test's own and the programs on it, which end together, the last one first. */
public final class Scene implements AutoCloseable {

  private final Path folder;
  private final Namespace host;
  private final Certificate certificate;
  private final Deque<Runnable> endings = new ArrayDeque<>();

  private Scene(Path folder, Namespace host, Certificate certificate) {
    this.folder = folder;
    this.host = host;
    this.certificate = certificate;
  }

  public static Scene create(Path folder) {
    Certificate certificate = Certificate.create(folder);
    return new Scene(folder, Namespace.create(folder), certificate);
  }

  public Namespace host() {
    return host;
  }

  /** That of every backend here. */
  public Certificate certificate() {
    return certificate;
  }

  Nginx nginx(String... servers) {
    Nginx program = Nginx.start(host, folder, certificate, servers);
    return ending(program, program::close);
  }

  OpensslServer openssl(String address) {
    OpensslServer program = OpensslServer.start(host, folder, certificate, address);
    return ending(program, program::close);
  }

  public HaProxy haProxy(int port, String sections) throws Exception {
    HaProxy program = HaProxy.start(host, folder, port, sections);
    return ending(program, program::close);
  }

  /** An HTTP server in Node for each of these, such as {@code h2c:9001}. */
  NodeProgram httpBackend(String... servers) {
    NodeProgram program = NodeProgram.backend(host, folder, certificate, servers);
    return ending(program, program::close);
  }

  /** A script in Node that does its work and ends. */
  public Program nodeTask(String script, String... arguments) {
    Program program = NodeProgram.task(host, folder, script, arguments);
    return ending(program, program::close);
  }

  /** Any other script in Node. */
  NodeProgram node(String script, String... arguments) {
    NodeProgram program = NodeProgram.start(host, folder, script, arguments);
    return ending(program, program::close);
  }

  public Daemon gatehouse(String configuration) {
    return gatehouse("gatehouse", configuration);
  }

  /** One of several, in a folder of its own. */
  public Daemon gatehouse(String name, String configuration) {
    try {
      Path own = Files.createDirectories(folder.resolve(name));
      Daemon program = Daemon.start(host, own, configuration);
      return ending(program, program::close);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Any other program, running on this host. */
  public Program start(List<String> command) {
    Program program = host.start(Program.here(folder), command);
    return ending(program, program::close);
  }

  private <T> T ending(T program, Runnable end) {
    endings.push(end);
    return program;
  }

  @Override
  public void close() {
    while (!endings.isEmpty()) {
      endings.pop().run();
    }
    host.close();
  }
}
