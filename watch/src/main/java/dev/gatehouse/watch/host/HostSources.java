package dev.gatehouse.watch.host;

import dev.gatehouse.net.syscall.FilesystemStat;
import dev.gatehouse.net.syscall.Filesystems;
import dev.gatehouse.net.syscall.SystemConstants;
import dev.gatehouse.watch.host.network.InterfaceAddresses;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Where the facts of a host are found, and the units in which its kernel counts.
 *
 * @param interfaceAddresses the first IPv4 address of an interface, or an empty text
 * @param filesystems the use of the filesystem at a path; may hang
 * @param version of Gatehouse
 */
public record HostSources(
    Path proc,
    Path sys,
    Path etc,
    long clockTicksPerSecond,
    long pageBytes,
    UnaryOperator<String> interfaceAddresses,
    Function<String, Optional<FilesystemStat>> filesystems,
    String version) {

  /** The host on which this process runs. */
  public static HostSources ofThisHost(String version) {
    return new HostSources(
        Path.of("/proc"),
        Path.of("/sys"),
        Path.of("/etc"),
        SystemConstants.clockTicksPerSecond(),
        SystemConstants.pageSize(),
        InterfaceAddresses::ipv4,
        Filesystems::stat,
        version);
  }
}
