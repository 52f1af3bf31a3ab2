package dev.gatehouse.proxy.config;

import dev.gatehouse.config.Section;
import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.net.connect.Destination;
import dev.gatehouse.proxy.route.Balance;
import dev.gatehouse.proxy.route.L7Settings;
import dev.gatehouse.proxy.route.Route;
import dev.gatehouse.proxy.route.RouteMode;
import dev.gatehouse.proxy.route.RouteName;
import dev.gatehouse.proxy.route.SentTlv;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads one of {@code [[proxy.listeners.routes]]}, from a file or from a call of an operator. */
public final class RouteReader {

  private static final RouteName LOCALHOST = RouteName.parse("localhost").orElseThrow();
  private static final RouteName WELCOME = RouteName.parse("welcome.localhost").orElseThrow();
  private static final Destination EXAMPLE = Destination.parse("10.0.0.5:443").orElseThrow();
  private static final Duration LEAST_HEALTH_INTERVAL = Duration.ofSeconds(1);
  private static final int MAX_BACKENDS = 64;

  private RouteReader() {}

  /** The route to a page that shows what passes through untouched. */
  static Route welcome(Endpoint page) {
    return new Route(
        WELCOME,
        RouteMode.L4,
        List.of(Destination.parse(page.toString()).orElseThrow()),
        Balance.ROUND_ROBIN,
        Duration.ZERO,
        Optional.of(Set.of()),
        Optional.empty(),
        L7Settings.NONE);
  }

  /** The route to the console, by TLS of the proxy's own. */
  static Route console(ProxyConfig.BuiltIn builtIn) {
    return new Route(
        LOCALHOST,
        RouteMode.L7,
        List.of(Destination.parse(builtIn.console().toString()).orElseThrow()),
        Balance.ROUND_ROBIN,
        Duration.ZERO,
        Optional.empty(),
        Optional.empty(),
        L7Settings.NONE.withCertificate(builtIn.certificate(), builtIn.key()));
  }

  /** Reads the keys of a route, which are also the fields of its message. */
  public static Route read(Section route) {
    Route read =
        new Route(
            hostname(route),
            mode(route),
            backends(route),
            route
                .choice(
                    "balance", "which of several backends is next", Balance.class, Balance::label)
                .orElse(Balance.ROUND_ROBIN),
            route
                .duration("health_interval", "between TCP checks of each backend; 0 = no checks")
                .range(LEAST_HEALTH_INTERVAL, Duration.ofHours(1))
                .orZero()
                .orElse(Duration.ZERO),
            header(route),
            route
                .duration("idle_timeout", "instead of that of the proxy; 0 = never")
                .orZero()
                .optional(),
            L7Reader.read(route));
    L7Reader.check(route, read);
    return read;
  }

  private static RouteMode mode(Section route) {
    return route
        .choice("mode", "who speaks TLS with the client", RouteMode.class, RouteMode::label)
        .orElse(RouteMode.L4);
  }

  private static RouteName hostname(Section route) {
    String text = route.text("hostname", RouteName.EXPECTED).required("git.example.org");
    Optional<RouteName> name = RouteName.parse(text);
    if (name.isEmpty()) {
      route.refuse(
          "hostname",
          RouteName.EXPECTED + RouteName.remedy(text).map(remedy -> "; " + remedy).orElse(""));
    }
    return name.orElse(LOCALHOST);
  }

  private static List<Destination> backends(Section route) {
    Optional<Destination> one =
        route
            .value("backend", "where connections go", Destination.EXPECTED, Destination::parse)
            .optional();
    List<Destination> several =
        route
            .values("backends", "several instead of one", Destination.EXPECTED, Destination::parse)
            .matching(list -> list.size() <= MAX_BACKENDS, "at most " + MAX_BACKENDS + " backends")
            .orElse(List.of());
    if (route.has("backend") == !several.isEmpty()) {
      route.refuse("backend", "either backend or backends, with at least one address");
    }
    return several.isEmpty() ? List.of(one.orElse(EXAMPLE)) : several;
  }

  private static Optional<Set<SentTlv>> header(Section route) {
    boolean sent =
        route.flag("send_proxy_protocol", "begin with a PROXY header of version 2").orElse(false);
    List<SentTlv> tlvs =
        route
            .choices("send_proxy_tlvs", "what it tells besides", SentTlv.class, SentTlv::label)
            .orElse(List.of());
    if (!sent && !tlvs.isEmpty()) {
      route.warn("send_proxy_tlvs", "has no effect without send_proxy_protocol = true");
    }
    return sent ? Optional.of(Set.copyOf(tlvs)) : Optional.empty();
  }
}
