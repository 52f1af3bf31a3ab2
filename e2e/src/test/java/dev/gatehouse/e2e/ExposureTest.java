package dev.gatehouse.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What Gatehouse says of a host is what {@code ss} says of it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExposureTest {

  private static final String[] LISTENERS = {
    "tcp/127.0.0.1/8001",
    "tcp/" + Namespace.PRIVATE_ADDRESS + "/8002",
    "tcp/0.0.0.0/8003",
    "tcp/::1/8004",
    "tcp/::/8005",
    "tcp/0.0.0.0/8006/twin",
    "udp/127.0.0.1/8001",
    "udp/" + Namespace.PRIVATE_ADDRESS + "/8002",
    "udp/0.0.0.0/8003",
    "udp/::1/8004",
    "udp/::/8005",
    "udp/127.0.0.1/8007/connected",
  };

  /** One listening socket as both programs describe it. */
  private record Socket(String proto, String address, int port, String process)
      implements Comparable<Socket> {

    @Override
    public int compareTo(Socket other) {
      return toString().compareTo(other.toString());
    }
  }

  @TempDir private static Path folder;
  private Namespace host;
  private Namespace elsewhere;
  private Program farm;
  private Program farAway;

  @BeforeAll
  void openListeners() {
    host = Namespace.create(folder);
    elsewhere = Namespace.create(folder);
    farm = Farms.start(host, folder, LISTENERS);
    farAway = Farms.start(elsewhere, folder, "tcp/127.0.0.1/8099");
  }

  @AfterAll
  void closeListeners() {
    farm.close();
    farAway.close();
    host.close();
    elsewhere.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"auto", "netlink", "proc"})
  void namesExactlyTheSocketsThatSsNames(String source) {
    try (Daemon daemon = Daemon.start(host, folder, configuration(source, "own"))) {
      Set<Socket> found = listeners(exposure(daemon), "own");
      assertThat(found).isEqualTo(ss());
      assertThat(found)
          .contains(
              new Socket("tcp", "0.0.0.0", 8003, "java"),
              new Socket("udp", "::", 8005, "java"),
              new Socket("tcp", "127.0.0.1", 9090, "gatehouse"))
          .noneMatch(socket -> socket.port() == 8007 || socket.port() == 8099);
    }
  }

  @Test
  void withoutRightsItNamesTheSameSocketsAndOnlyTheOwnersThatItCanProve() {
    String setpriv = Peer.require("setpriv", "util-linux");
    List<String> nobody =
        List.of(setpriv, "--reuid=65534", "--regid=65534", "--clear-groups", "--inh-caps=-all");
    Path theirs = folderOf("nobody");
    try (Daemon daemon = Daemon.startAs(nobody, host, theirs, configuration("auto", "own"))) {
      Set<Socket> found = listeners(exposure(daemon), "own");
      Set<Socket> known = ss();
      assertThat(withoutProcess(found)).isEqualTo(withoutProcess(known));
      assertThat(found)
          .filteredOn(socket -> !socket.process().isEmpty())
          .isNotEmpty()
          .isSubsetOf(known);
    }
  }

  @Test
  void twinsAreOneRowOfTwoSockets() {
    try (Daemon daemon = Daemon.start(host, folder, configuration("auto", "own"))) {
      assertThat(exposure(daemon).get("listeners"))
          .filteredOn(listener -> listener.get("port").asInt() == 8006)
          .singleElement()
          .satisfies(listener -> assertThat(listener.get("sockets").asInt()).isEqualTo(2));
    }
  }

  @Test
  void aListenerInAnotherNamespaceIsShownThereAndNeverMixedIn() {
    try (Daemon daemon = Daemon.start(host, folder, configuration("auto", "all"))) {
      JsonNode exposure = exposure(daemon, "--all-namespaces");
      assertThat(exposure.get("listeners"))
          .filteredOn(listener -> listener.get("port").asInt() == 8099)
          .singleElement()
          .satisfies(listener -> assertThat(listener.get("netns").asString()).isNotEqualTo("own"));
      assertThat(listeners(exposure, "own")).isEqualTo(ss());
      assertThat(daemon.get("/metrics"))
          .containsPattern("gatehouse_netstat_listening_ports\\{[^}]*port=\"8001\"")
          .doesNotContainPattern("gatehouse_netstat_listening_ports\\{[^}]*port=\"8099\"");
    }
  }

  private Path folderOf(String name) {
    try {
      Path theirs = Files.createDirectory(folder.resolve(name));
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
      Files.setPosixFilePermissions(theirs, PosixFilePermissions.fromString("rwxrwxrwx"));
      return theirs;
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String configuration(String source, String namespaces) {
    return """
        [ops]
        listen = "127.0.0.1:9090"
        [watch]
        socket_source = "%s"
        namespaces = "%s"
        """
        .formatted(source, namespaces);
  }

  private static JsonNode exposure(Daemon daemon, String... more) {
    List<String> arguments = new ArrayList<>(List.of("exposure", "--output", "json"));
    arguments.addAll(List.of(more));
    Program.Ended ended = daemon.command(arguments.toArray(String[]::new));
    assertThat(ended.code()).as(ended.errors()).isZero();
    return JsonMapper.shared().readTree(ended.output());
  }

  private static Set<Socket> listeners(JsonNode exposure, String netns) {
    Set<Socket> sockets = new TreeSet<>();
    for (JsonNode listener : exposure.get("listeners")) {
      if (listener.get("netns").asString().equals(netns)) {
        sockets.add(
            new Socket(
                listener.get("proto").asString(),
                listener.get("address").asString(),
                listener.get("port").asInt(),
                listener.get("process").asString("")));
      }
    }
    return sockets;
  }

  private static Set<Socket> withoutProcess(Set<Socket> sockets) {
    Set<Socket> bare = new TreeSet<>();
    for (Socket socket : sockets) {
      bare.add(new Socket(socket.proto(), socket.address(), socket.port(), ""));
    }
    return bare;
  }

  private Set<Socket> ss() {
    Set<Socket> sockets = new TreeSet<>();
    sockets.addAll(ss("tcp", "-Htlnp"));
    sockets.addAll(ss("udp", "-Hulnp"));
    return sockets;
  }

  private List<Socket> ss(String proto, String options) {
    Program.Ended ended = host.run(List.of(Peer.require("ss", "iproute2"), options));
    assertThat(ended.code()).isZero();
    List<Socket> sockets = new ArrayList<>();
    for (String line : ended.output().lines().toList()) {
      sockets.add(parse(proto, line));
    }
    return sockets;
  }

  /** State, two queues, local address, peer, then {@code users:(("name",pid=1,fd=2))}. */
  private static Socket parse(String proto, String line) {
    String[] columns = line.strip().split("\\s+", 6);
    int colon = columns[3].lastIndexOf(':');
    String address = columns[3].substring(0, colon).replaceAll("[\\[\\]]|%.*", "");
    String process = columns.length > 5 ? columns[5] : "";
    Matcher name = Pattern.compile("\"([^\"]+)\"").matcher(process);
    return new Socket(
        proto,
        // a socket of both families is a star to ss
        address.equals("*") ? "::" : address.toLowerCase(Locale.ROOT).replace("::ffff:", ""),
        Integer.parseInt(columns[3].substring(colon + 1)),
        name.find() ? name.group(1) : "");
  }
}
