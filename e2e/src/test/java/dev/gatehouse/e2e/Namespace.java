package dev.gatehouse.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A network namespace of the test's own: a host with a loopback device, one private address and
 * nothing else, so that ports are free and nobody outside is reached.
 */
public final class Namespace implements AutoCloseable {

  /** The private address of every such host. */
  public static final String PRIVATE_ADDRESS = "10.77.0.1";

  private static final AtomicInteger COUNT = new AtomicInteger();

  private final String ip;
  private final String name;
  private final Path folder;

  private Namespace(String ip, String name, Path folder) {
    this.ip = ip;
    this.name = name;
    this.folder = folder;
  }

  public static Namespace create(Path folder) {
    String ip = Peer.require("ip", "iproute2");
    String name = "gatehouse-e2e-" + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet();
    Namespace namespace = new Namespace(ip, name, folder);
    namespace.succeed(List.of(ip, "netns", "add", name));
    namespace.succeed(List.of(ip, "-n", name, "link", "set", "lo", "up"));
    namespace.succeed(List.of(ip, "-n", name, "addr", "add", PRIVATE_ADDRESS + "/24", "dev", "lo"));
    return namespace;
  }

  /** What enters it by this file has its sockets there. */
  public Path handle() {
    return Path.of("/run/netns", name);
  }

  /** The command as it runs inside. */
  public List<String> inside(List<String> command) {
    List<String> whole = new ArrayList<>(List.of(ip, "netns", "exec", name));
    whole.addAll(command);
    return whole;
  }

  public Program start(Program.Setting setting, List<String> command) {
    return Program.start(setting, inside(command));
  }

  public Program.Ended run(List<String> command) {
    return Program.run(Program.here(folder), inside(command));
  }

  /** Whether somebody listens on that TCP port. */
  public boolean isListening(int port) {
    String ss = Peer.require("ss", "iproute2");
    return !run(List.of(ss, "-Hltn", "sport = :" + port)).output().isBlank();
  }

  private void succeed(List<String> command) {
    Program.Ended ended = Program.run(Program.here(folder), command);
    assertThat(ended.code()).as("%s: %s", command, ended.errors()).isZero();
  }

  /** Ends whatever still runs inside, as after a test that failed half-way. */
  @Override
  public void close() {
    Program.run(Program.here(folder), List.of(ip, "netns", "pids", name))
        .output()
        .lines()
        .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid)).stream())
        .forEach(ProcessHandle::destroyForcibly);
    succeed(List.of(ip, "netns", "del", name));
  }
}
