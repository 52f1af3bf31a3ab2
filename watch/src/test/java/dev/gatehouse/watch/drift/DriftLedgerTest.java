package dev.gatehouse.watch.drift;

import static dev.gatehouse.watch.Owners.nobody;
import static dev.gatehouse.watch.Owners.ofUnit;
import static dev.gatehouse.watch.Owners.owner;
import static dev.gatehouse.watch.SocketRows.address;
import static dev.gatehouse.watch.SocketRows.tcp;
import static dev.gatehouse.watch.SocketRows.udp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.address.AddressScope;
import dev.gatehouse.net.sockets.Protocol;
import dev.gatehouse.net.sockets.SocketQuery;
import dev.gatehouse.watch.SocketRows;
import dev.gatehouse.watch.exposure.Binding;
import dev.gatehouse.watch.exposure.Drift;
import dev.gatehouse.watch.exposure.DriftKind;
import dev.gatehouse.watch.exposure.ExposureEvent;
import dev.gatehouse.watch.exposure.ExposureEvent.DriftBegan;
import dev.gatehouse.watch.exposure.ExposureEvent.DriftResolved;
import dev.gatehouse.watch.exposure.Listener;
import dev.gatehouse.watch.exposure.Owner;
import dev.gatehouse.watch.exposure.Verdict;
import dev.gatehouse.watch.listening.FoundSocket;
import dev.gatehouse.watch.listening.ListenerFilter;
import dev.gatehouse.watch.listening.ListenerTable;
import dev.gatehouse.watch.listening.PortRange;
import dev.gatehouse.watch.listening.TableRow;
import dev.gatehouse.watch.listening.Unread;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DriftLedgerTest {

  private static final int OWN_PID = 4242;
  private static final Instant T0 = Instant.parse("2030-01-01T00:00:00Z");
  private static final Instant T1 = T0.plusSeconds(10);

  private static final ExpectedListener SSH =
      entry(22, 22, AddressScope.PUBLIC, "sshd", "", -1, true);
  private static final List<ExpectedListener> EXPECTED =
      List.of(
          SSH,
          entry(5432, 5432, AddressScope.PRIVATE, "", "", -1, false),
          entry(8000, 8010, AddressScope.PUBLIC, "app*", "", -1, false));

  private final DriftLedger ledger = new DriftLedger();

  private static ExpectedListener entry(
      int first, int last, AddressScope scope, String process, String unit, long uid, boolean req) {
    return new ExpectedListener(
        Optional.of(Protocol.TCP), new PortRange(first, last), scope, process, unit, uid, req, "");
  }

  private static TableRow row(SocketRows socket, Owner owner, String netns) {
    List<FoundSocket> found =
        new ListenerFilter(netns, index -> "")
            .filter(List.of(socket.row()), PortRange.KERNEL_DEFAULT, 0, 0);
    return ListenerTable.rows(found, List.of(owner), uid -> "").getFirst();
  }

  private static TableRow row(SocketRows socket, Owner owner) {
    return row(socket, owner, Binding.OWN_NETNS);
  }

  private DriftReport report(List<ExpectedListener> expected, Instant at, TableRow... rows) {
    return report(expected, false, Set.of(), Unread.NOTHING, at, rows);
  }

  private DriftReport report(
      List<ExpectedListener> expected,
      boolean judgeLoopback,
      Set<IntendedListener> intended,
      Unread unread,
      Instant at,
      TableRow... rows) {
    DriftPolicy policy = new DriftPolicy(expected, judgeLoopback, OWN_PID);
    return ledger.update(List.of(rows), policy, intended, unread, at);
  }

  private static List<DriftKind> kinds(DriftReport report) {
    return report.drifts().stream().map(found -> found.drift().kind()).toList();
  }

  private static Verdict verdict(DriftReport report) {
    return report.rows().getFirst().listener().verdict();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "tcp, 0.0.0.0, 22, sshd, EXPECTED, -",
        "tcp, 0.0.0.0, 22, nc, OWNER, MISSING",
        "tcp, 0.0.0.0, 22, '', UNVERIFIED, -",
        "tcp, 10.0.0.5, 5432, postgres, EXPECTED, MISSING",
        "tcp, 0.0.0.0, 5432, postgres, WIDER, MISSING",
        "tcp, ::1, 5432, postgres, IGNORED, MISSING",
        "tcp, 0.0.0.0, 8005, app-web, EXPECTED, MISSING",
        "tcp, 0.0.0.0, 8000, app, EXPECTED, MISSING",
        "tcp, 0.0.0.0, 8010, app, EXPECTED, MISSING",
        "tcp, 0.0.0.0, 8011, app-web, UNEXPECTED, MISSING",
        "udp, 0.0.0.0, 22, sshd, UNEXPECTED, MISSING",
        "tcp, 127.0.0.1, 6379, redis, IGNORED, MISSING",
        "tcp, 127.0.0.1, 22, sshd, IGNORED, -",
      })
  void theFirstRuleThatAppliesGivesTheVerdict(
      String protocol, String address, int port, String process, Verdict expected, String missing) {
    SocketRows socket = protocol.equals("tcp") ? tcp(address, port) : udp(address, port);
    DriftReport report =
        report(EXPECTED, T0, row(socket, process.isEmpty() ? nobody() : owner(process, 9)));
    assertThat(verdict(report)).isEqualTo(expected);
    assertThat(kinds(report).contains(DriftKind.MISSING)).isEqualTo(missing != null);
  }

  @Test
  void loopbackIsJudgedIfAskedFor() {
    TableRow redis = row(tcp("127.0.0.1", 6379), owner("redis", 9));
    DriftReport report = report(EXPECTED, true, Set.of(), Unread.NOTHING, T0, redis);
    assertThat(verdict(report)).isEqualTo(Verdict.UNEXPECTED);
  }

  @Test
  void anotherNamespaceIsNotJudged() {
    DriftReport report = report(EXPECTED, T0, row(tcp("0.0.0.0", 22), owner("nc", 9), "web"));
    assertThat(verdict(report)).isEqualTo(Verdict.UNJUDGED);
    assertThat(kinds(report)).containsExactly(DriftKind.MISSING);
  }

  @Test
  void withoutAListNothingIsJudgedButTheOwnListeners() {
    TableRow stranger = row(tcp("0.0.0.0", 4444), owner("nc", 9));
    TableRow self = row(tcp("0.0.0.0", 41_331), owner("gatehouse", OWN_PID));
    DriftReport report = report(List.of(), T0, stranger, self);
    assertThat(report.judged()).isFalse();
    assertThat(verdict(report)).isEqualTo(Verdict.UNJUDGED);
    assertThat(kinds(report)).containsExactly(DriftKind.SELF);
  }

  @ParameterizedTest
  @CsvSource({
    "0.0.0.0, 443, ::, 443, OWN",
    "::, 443, 0.0.0.0, 443, OWN",
    "127.0.0.1, 9090, 127.0.0.1, 9090, OWN",
    "127.0.0.1, 9090, ::ffff:127.0.0.1, 9090, OWN",
    "127.0.0.1, 9090, 0.0.0.0, 9090, SELF",
    "127.0.0.1, 9090, 127.0.0.1, 9091, SELF",
  })
  void ownListenersAreHeldAgainstWhatIsIntended(
      String intended, int intendedPort, String found, int foundPort, Verdict expected) {
    IntendedListener ops =
        new IntendedListener(Protocol.TCP, address(intended), intendedPort, "ops");
    TableRow own = row(tcp(found, foundPort), owner("gatehouse", OWN_PID));
    DriftReport report = report(List.of(), false, Set.of(ops), Unread.NOTHING, T0, own);
    assertThat(verdict(report)).isEqualTo(expected);
    assertThat(report.rows().getFirst().listener().service())
        .isEqualTo(expected == Verdict.OWN ? "ops" : "");
  }

  @Test
  void theServiceOfAnOwnListenerSatisfiesARequiredEntry() {
    IntendedListener proxy = new IntendedListener(Protocol.TCP, address("::"), 22, "proxy");
    TableRow own = row(tcp("::", 22), owner("gatehouse", OWN_PID));
    assertThat(kinds(report(EXPECTED, false, Set.of(proxy), Unread.NOTHING, T0, own))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "postgres, postgresql@16.service, 1000, EXPECTED",
    "postgres, '', 1000, UNVERIFIED",
    "'', postgresql@16.service, 1000, UNVERIFIED",
    "nc, '', 1000, OWNER",
    "'', nc.service, 1000, OWNER",
    "postgres, postgresql@16.service, 0, OWNER",
  })
  void allThatAnEntryNamesMustMatch(String process, String unit, long uid, Verdict expected) {
    ExpectedListener entry =
        entry(5432, 5432, AddressScope.PUBLIC, "postgres", "postgresql*.service", 1000, false);
    DriftReport report =
        report(List.of(entry), T0, row(tcp("0.0.0.0", 5432).uid(uid), ofUnit(process, 9, unit)));
    assertThat(verdict(report)).isEqualTo(expected);
  }

  @Test
  void theMostLenientOfSeveralEntriesCounts() {
    List<ExpectedListener> both =
        List.of(
            entry(80, 80, AddressScope.LOOPBACK, "nginx", "", -1, false),
            entry(80, 80, AddressScope.PUBLIC, "caddy", "", -1, false));
    assertThat(verdict(report(both, T0, row(tcp("0.0.0.0", 80), owner("nginx", 9)))))
        .isEqualTo(Verdict.WIDER);
    assertThat(verdict(report(both, T0, row(tcp("0.0.0.0", 80), owner("caddy", 9)))))
        .isEqualTo(Verdict.EXPECTED);
  }

  @Test
  void aDriftBeginsOnceAndEndsOnce() {
    TableRow ssh = row(tcp("0.0.0.0", 22), owner("sshd", 9));
    TableRow backdoor = row(tcp("0.0.0.0", 4444), owner("nc", 9));
    DriftReport began = report(EXPECTED, T0, ssh, backdoor);
    assertThat(began.events()).singleElement().isInstanceOf(DriftBegan.class);
    DriftReport lasting = report(EXPECTED, T1, ssh, backdoor);
    assertThat(lasting.events()).isEmpty();
    assertThat(lasting.drifts().getFirst().drift().since()).isEqualTo(T0);
    List<ExposureEvent> ended = report(EXPECTED, T1, ssh).events();
    assertThat(ended)
        .singleElement()
        .isInstanceOfSatisfying(
            DriftResolved.class, event -> assertThat(event.drift().since()).isEqualTo(T0));
  }

  @Test
  void aFailedQueryLeavesDriftAsItWas() {
    TableRow ssh = row(tcp("0.0.0.0", 22), owner("sshd", 9));
    TableRow backdoor = row(tcp("0.0.0.0", 4444), owner("nc", 9));
    report(EXPECTED, T0, ssh, backdoor);
    Unread tcp4 = new Unread(Set.of(SocketQuery.TCP4_LISTENERS), Set.of());
    DriftReport blind = report(EXPECTED, false, Set.of(), tcp4, T1);
    assertThat(blind.events()).isEmpty();
    assertThat(kinds(blind)).containsExactly(DriftKind.UNEXPECTED);
    assertThat(report(EXPECTED, T1, ssh, backdoor).events()).isEmpty();
  }

  @Test
  void whatIsMissingStaysMissingWhileNothingCanBeRead() {
    assertThat(kinds(report(EXPECTED, T0))).containsExactly(DriftKind.MISSING);
    Unread tcp6 = new Unread(Set.of(SocketQuery.TCP6_LISTENERS), Set.of());
    DriftReport blind = report(EXPECTED, false, Set.of(), tcp6, T1);
    assertThat(kinds(blind)).containsExactly(DriftKind.MISSING);
    assertThat(blind.events()).isEmpty();
  }

  @Test
  void udpThatIsNotWatchedIsNotMissing() {
    ExpectedListener wireguard =
        new ExpectedListener(
            Optional.of(Protocol.UDP),
            new PortRange(51_820, 51_820),
            AddressScope.PUBLIC,
            "",
            "",
            -1,
            true,
            "WireGuard");
    Unread udp =
        new Unread(Set.of(SocketQuery.UDP4_LISTENERS, SocketQuery.UDP6_LISTENERS), Set.of());
    assertThat(kinds(report(List.of(wireguard), false, Set.of(), udp, T0))).isEmpty();
    assertThat(kinds(report(List.of(wireguard), T0))).containsExactly(DriftKind.MISSING);
  }

  @Test
  void aMissingListenerIsDescribedByItsEntry() {
    ExpectedListener range = entry(8000, 8010, AddressScope.PRIVATE, "app*", "", -1, true);
    FoundDrift missing = report(List.of(range), T0).drifts().getFirst();
    assertThat(missing.labels()).containsExactly("missing", "tcp", "8000-8010", "private", "app*");
    assertThat(missing.drift().expected())
        .isEqualTo(
            "{ port = \"8000-8010\", scope = \"private\", process = \"app*\", required = true }");
    assertThat(missing.drift().listener()).isEmpty();
  }

  @Test
  void theNoteOfTheEntryStandsBesideTheListener() {
    ExpectedListener wireguard =
        new ExpectedListener(
            Optional.empty(),
            new PortRange(51_820, 51_820),
            AddressScope.PUBLIC,
            "",
            "",
            -1,
            false,
            "WireGuard");
    Listener listener =
        report(List.of(wireguard), T0, row(udp("::", 51_820), nobody()))
            .rows()
            .getFirst()
            .listener();
    assertThat(listener.note()).isEqualTo("WireGuard");
    assertThat(wireguard.text()).isEqualTo("{ proto = \"any\", port = 51820 }");
  }

  @ParameterizedTest
  @CsvSource({
    "0.0.0.0, 4444, nc, 'bind it to 127.0.0.1, stop it, or add it to watch.expected'",
    "0.0.0.0, 5432, postgres, 'bind it to a private address, or widen the entry'",
    "0.0.0.0, 22, nc, 'another program took this port; stop it, or correct the entry'",
  })
  void eachKindHasARemedy(String address, int port, String process, String remedy) {
    Drift drift =
        report(EXPECTED, T0, row(tcp(address, port), owner(process, 9)))
            .drifts()
            .getFirst()
            .drift();
    assertThat(drift.remedy()).isEqualTo(remedy);
  }

  @ParameterizedTest
  @CsvSource({
    "app*, app, true",
    "app*, application, true",
    "app*, xapp, false",
    "*.service, a.service, true",
    "a?c, abc, true",
    "a?c, ac, false",
    "*a*b*, xxaxxbxx, true",
    "*a*b*, xxbxxaxx, false",
    "'', '', true",
    "*, '', true",
    "abc, ab, false",
    "a**c, abc, true",
  })
  void patternsTakeStarsAndQuestionMarks(String pattern, String text, boolean matches) {
    assertThat(Glob.matches(pattern, text)).isEqualTo(matches);
  }

  @Test
  void aPatternOfManyStarsIsStillCheap() {
    assertThat(Glob.matches("*a".repeat(64) + "b", "a".repeat(64))).isFalse();
  }
}
