package dev.gatehouse.watch.scan;

import dev.gatehouse.kernel.time.Ticker;
import dev.gatehouse.net.sockets.SocketTable;
import dev.gatehouse.net.sockets.diag.NetlinkSocketTable;
import dev.gatehouse.net.sockets.host.FallbackSocketTable;
import dev.gatehouse.net.sockets.host.InterfaceNames;
import dev.gatehouse.net.sockets.proc.ProcSocketTable;
import dev.gatehouse.watch.SocketSourceChoice;
import dev.gatehouse.watch.drift.IntendedListener;
import dev.gatehouse.watch.listening.PortRange;
import dev.gatehouse.watch.namespace.Namespaces;
import dev.gatehouse.watch.owner.OwnerLookup;
import dev.gatehouse.watch.owner.UserNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.LongFunction;
import java.util.function.Supplier;

/**
 * The host as the watch sees it; a test stands in for it.
 *
 * @param tables the socket table of each source
 * @param users the names of users as they are now
 * @param clientPorts the ports that the kernel gives to clients
 * @param intended what Gatehouse itself means to listen on
 * @param ownPid of Gatehouse's process
 * @param interfaceNames the names of devices as they are now
 * @param engine whether a container engine's interfaces are there
 * @param supported whether this system has the tables that the watch reads
 */
record Surroundings(
    Ticker ticker,
    Function<SocketSourceChoice, SocketTable> tables,
    OwnerLookup owners,
    Supplier<LongFunction<String>> users,
    Supplier<IntFunction<String>> interfaceNames,
    Supplier<PortRange> clientPorts,
    Namespaces namespaces,
    Supplier<Set<IntendedListener>> intended,
    int ownPid,
    Supplier<Boolean> engine,
    Supplier<Boolean> inContainer,
    boolean supported) {

  private static final Path PROC = Path.of("/proc");

  static Surroundings ofHost(Ticker ticker, Supplier<Set<IntendedListener>> intended) {
    UserNames users = new UserNames(Path.of("/etc/passwd"));
    return new Surroundings(
        ticker,
        source -> table(source, ticker),
        OwnerLookup.ofHost(PROC, ticker),
        () -> {
          users.refresh();
          return users;
        },
        () -> new InterfaceNames()::name,
        Surroundings::readClientPorts,
        Namespaces.ofHost(PROC, Path.of("/run/netns")),
        intended,
        (int) ProcessHandle.current().pid(),
        () -> ContainerSigns.engineInterfaces(Path.of("/sys/class/net")),
        () -> ContainerSigns.inContainer(Path.of("/")),
        System.getProperty("os.name", "").equals("Linux"));
  }

  private static SocketTable table(SocketSourceChoice source, Ticker ticker) {
    return switch (source) {
      case AUTO -> FallbackSocketTable.ofHost(ticker);
      case NETLINK -> NetlinkSocketTable.ofHost();
      case PROC -> new ProcSocketTable(ProcSocketTable.OWN_NAMESPACE);
    };
  }

  private static PortRange readClientPorts() {
    try {
      return PortRange.parse(Files.readString(PROC.resolve("sys/net/ipv4/ip_local_port_range")));
    } catch (IOException _) {
      return PortRange.KERNEL_DEFAULT;
    }
  }
}
