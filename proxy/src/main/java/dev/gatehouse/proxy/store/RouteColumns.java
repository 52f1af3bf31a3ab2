package dev.gatehouse.proxy.store;

import dev.gatehouse.net.connect.Destination;
import dev.gatehouse.proxy.route.BackendProtocol;
import dev.gatehouse.proxy.route.BackendTls;
import dev.gatehouse.proxy.route.Balance;
import dev.gatehouse.proxy.route.L7Settings;
import dev.gatehouse.proxy.route.Route;
import dev.gatehouse.proxy.route.RouteMode;
import dev.gatehouse.proxy.route.RouteName;
import dev.gatehouse.proxy.route.SentTlv;
import dev.gatehouse.proxy.route.TlsVersion;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A route as the columns of its row, and back; its policies have a table of their own. */
final class RouteColumns {

  private RouteColumns() {}

  /** Every column with its value, the same columns in the same order for every route. */
  static Map<String, @Nullable Object> of(Route route) {
    Map<String, @Nullable Object> columns = new LinkedHashMap<>();
    columns.put("hostname", route.hostname().toString());
    columns.put("mode", route.mode().label());
    columns.put("backend", route.backends().getFirst().toString());
    columns.put(
        "backends", route.backends().size() == 1 ? null : JsonTexts.write(route.backends()));
    columns.put("balance", route.balance().label());
    columns.put("health_interval_ms", route.healthInterval().toMillis());
    columns.put("send_proxy_protocol", flag(route.header().isPresent()));
    columns.put("send_proxy_tlvs", JsonTexts.write(tlvs(route.header().orElse(Set.of()))));
    columns.put("idle_timeout_ms", route.idleTimeout().map(Duration::toMillis).orElse(null));
    put(columns, route.l7());
    return columns;
  }

  private static void put(Map<String, @Nullable Object> columns, L7Settings l7) {
    columns.put("tls_cert", l7.certificate());
    columns.put("tls_key", l7.key());
    columns.put("tls_min_version", l7.tlsMinVersion().map(TlsVersion::label).orElse(null));
    columns.put("backend_protocol", l7.backendProtocol().label());
    columns.put("backend_tls", flag(l7.backendTls().isPresent()));
    BackendTls tls = l7.backendTls().orElse(BackendTls.VERIFIED);
    columns.put("backend_tls_verify", flag(tls.verify()));
    columns.put("backend_tls_ca", tls.authorities());
    columns.put("backend_tls_name", tls.name());
    columns.put(
        "response_header_timeout_ms",
        l7.responseHeaderTimeout().map(Duration::toMillis).orElse(null));
    columns.put(
        "max_request_body",
        l7.maxRequestBody().isPresent() ? l7.maxRequestBody().getAsLong() : null);
  }

  private static int flag(boolean value) {
    return value ? 1 : 0;
  }

  private static List<String> tlvs(Set<SentTlv> told) {
    return Stream.of(SentTlv.values()).filter(told::contains).map(SentTlv::label).toList();
  }

  static Route read(Cells cells) throws SQLException, StoreException {
    return new Route(
        cells.parsed("hostname", RouteName.EXPECTED, RouteName::parse),
        cells.choice("mode", RouteMode.class, RouteMode::label),
        backends(cells),
        cells.choice("balance", Balance.class, Balance::label),
        cells.duration("health_interval_ms"),
        header(cells),
        cells.optionalDuration("idle_timeout_ms"),
        l7(cells));
  }

  private static List<Destination> backends(Cells cells) throws SQLException, StoreException {
    if (cells.isNull("backends")) {
      return List.of(cells.parsed("backend", Destination.EXPECTED, Destination::parse));
    }
    List<Destination> several =
        cells.parsedAll("backends", Destination.EXPECTED, Destination::parse);
    if (several.isEmpty()) {
      throw cells.wrong("backends", "[]", "at least one, or null");
    }
    return several;
  }

  private static Optional<Set<SentTlv>> header(Cells cells) throws SQLException, StoreException {
    List<SentTlv> told = cells.choices("send_proxy_tlvs", SentTlv.class, SentTlv::label);
    return cells.flag("send_proxy_protocol") ? Optional.of(Set.copyOf(told)) : Optional.empty();
  }

  private static L7Settings l7(Cells cells) throws SQLException, StoreException {
    return new L7Settings(
        cells.text("tls_cert"),
        cells.text("tls_key"),
        backendTls(cells),
        cells.choice("backend_protocol", BackendProtocol.class, BackendProtocol::label),
        cells.isNull("tls_min_version")
            ? Optional.empty()
            : Optional.of(cells.choice("tls_min_version", TlsVersion.class, TlsVersion::label)),
        cells.optionalDuration("response_header_timeout_ms"),
        cells.optionalNumber("max_request_body"),
        List.of());
  }

  private static Optional<BackendTls> backendTls(Cells cells) throws SQLException, StoreException {
    BackendTls tls =
        new BackendTls(
            cells.flag("backend_tls_verify"),
            cells.text("backend_tls_ca"),
            cells.text("backend_tls_name"));
    return cells.flag("backend_tls") ? Optional.of(tls) : Optional.empty();
  }
}
