package dev.gatehouse.net.sockets.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.net.sockets.Protocol;
import dev.gatehouse.net.sockets.ReadResult;
import dev.gatehouse.net.sockets.ReadResult.Complete;
import dev.gatehouse.net.sockets.ReadResult.Failed;
import dev.gatehouse.net.sockets.SocketQuery;
import dev.gatehouse.net.sockets.SocketSource;
import dev.gatehouse.net.sockets.SocketTable;
import dev.gatehouse.net.sockets.host.OwnListeners.Bound;
import dev.gatehouse.net.sockets.host.OwnListeners.Read;
import dev.gatehouse.net.sockets.host.OwnListeners.Unreadable;
import dev.gatehouse.net.sockets.proc.ProcSocketTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Its own sockets are those of links in a folder, its table is that of files in another. */
class OwnSocketsTest {

  private static final String HEADING = "  sl  local_address\n";

  @TempDir private Path folder;
  private Path descriptors;
  private SocketTable table;

  @BeforeEach
  void prepare() throws IOException {
    descriptors = Files.createDirectory(folder.resolve("fd"));
    table = new ProcSocketTable(folder);
    file("tcp", line("00000000:01BB", "0A", 11) + line("00000000:0016", "0A", 12));
    file("udp", line("00000000:0035", "07", 13));
  }

  @Test
  void onlySocketsAmongOnesDescriptorsAreOnesOwn() throws IOException {
    link("0", "/dev/null");
    link("3", "socket:[11]");
    link("4", "pipe:[12]");
    link("5", "anon_inode:[eventpoll]");
    link("6", "socket:[13]");
    link("7", "socket:[99]");
    link("8", "socket:[]");
    link("9", "socket:[99999999999999999999]");
    link("10", "/tmp/socket:[12]");
    assertThat(listeners())
        .isEqualTo(
            new Read(
                Set.of(
                    new Bound(Protocol.TCP, IpAddress.ANY_IPV4, "", 443),
                    new Bound(Protocol.UDP, IpAddress.ANY_IPV4, "", 53))));
  }

  @Test
  void withoutASocketNothingIsOnesOwn() {
    assertThat(listeners()).isEqualTo(new Read(Set.of()));
  }

  @Test
  void aFolderThatCannotBeListedIsUnreadable() throws IOException {
    Files.delete(descriptors);
    assertThat(listeners()).isEqualTo(new Unreadable("unreadable: " + descriptors));
  }

  @ParameterizedTest
  @EnumSource(
      value = SocketQuery.class,
      names = {"TCP4_LISTENERS", "TCP6_LISTENERS", "UDP4_LISTENERS", "UDP6_LISTENERS"})
  void aTableThatFailsIsUnreadable(SocketQuery query) throws IOException {
    link("3", "socket:[11]");
    SocketTable whole = table;
    table = (asked, visitor) -> asked == query ? failed() : whole.read(asked, visitor);
    assertThat(listeners()).isEqualTo(new Unreadable(query + ": timeout"));
  }

  @Test
  void aRowThatCannotBeReadMayBeASurplus() throws IOException {
    file("tcp", "garbage\n");
    assertThat(listeners()).isEqualTo(new Unreadable("TCP4_LISTENERS: 1 malformed rows"));
  }

  @Test
  void rowsOfADumpThatWasRepeatedCountOnce() throws IOException {
    link("3", "socket:[11]");
    SocketTable whole = table;
    table =
        (query, visitor) -> {
          whole.read(query, visitor);
          visitor.restart();
          return new Complete(SocketSource.NETLINK, 0, 0, false);
        };
    assertThat(listeners()).isEqualTo(new Read(Set.of()));
  }

  private OwnListeners listeners() {
    return new OwnSockets(table, descriptors, new InterfaceNames(folder)).listeners();
  }

  private static ReadResult failed() {
    return new Failed(SocketSource.NETLINK, "timeout");
  }

  private void file(String name, String lines) throws IOException {
    Files.writeString(folder.resolve(name), HEADING + lines);
  }

  private void link(String descriptor, String target) throws IOException {
    Files.createSymbolicLink(descriptors.resolve(descriptor), Path.of(target));
  }

  private static String line(String local, String state, int inode) {
    return "0: %s 00000000:0000 %s 00000000:00000000 00:0 0 0 0 %d 2 0 0\n"
        .formatted(local, state, inode);
  }
}
