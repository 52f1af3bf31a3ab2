package dev.gatehouse.cli.route;

import dev.gatehouse.cli.text.Json;
import dev.gatehouse.cli.text.Times;
import dev.gatehouse.cli.text.Words;
import dev.gatehouse.client.proxy.Backends;
import dev.gatehouse.client.proxy.L7Policy;
import dev.gatehouse.client.proxy.Route;
import dev.gatehouse.client.proxy.RouteLimits;
import dev.gatehouse.client.proxy.RouteStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Routes for programs, by the names of the configuration. */
final class RouteJson {

  private static final int UNKNOWN = -1;

  private RouteJson() {}

  static void of(Json json, Route route) {
    json.text("listener", route.status().map(RouteStatus::listener).orElse(""))
        .text("hostname", route.hostname())
        .text("mode", Words.of(route.mode()));
    backends(json, route.backends());
    json.text("tls_cert", route.tls().certificate())
        .text("tls_key", route.tls().key())
        .text("tls_min_version", route.tls().minVersion());
    limits(json, route.limits());
    policies(json, "l7_policies", route.policies());
    status(json, route.status());
  }

  static void policies(Json json, String name, List<L7Policy> policies) {
    json.objects(
        name,
        policies,
        policy -> json.text("type", Words.of(policy.type())).text("value", policy.value()));
  }

  private static void backends(Json json, Backends backends) {
    json.texts("backends", backends.addresses())
        .text("balance", Words.of(backends.balance()))
        .number("health_interval_ms", backends.healthInterval().toMillis())
        .text("backend_protocol", Words.of(backends.protocol()))
        .truth("backend_tls", backends.tls().used())
        .truth("backend_tls_verify", backends.tls().verified())
        .text("backend_tls_ca", backends.tls().ca())
        .text("backend_tls_name", backends.tls().name())
        .truth("send_proxy_protocol", backends.proxyHeader().sent())
        .texts("send_proxy_tlvs", backends.proxyHeader().tlvs().stream().map(Words::of).toList());
  }

  /** What is as for the whole proxy is null. */
  private static void limits(Json json, RouteLimits limits) {
    json.number("idle_timeout_ms", millis(limits.idleTimeout()))
        .number("response_header_timeout_ms", millis(limits.responseHeaderTimeout()))
        .number("max_request_body", limits.maxRequestBody().orElse(UNKNOWN));
  }

  private static long millis(Optional<Duration> span) {
    return span.map(Duration::toMillis).orElse((long) UNKNOWN);
  }

  private static void status(Json json, Optional<RouteStatus> status) {
    json.number("id", status.map(RouteStatus::id).orElse((long) UNKNOWN))
        .text("state", status.map(known -> Words.of(known.state())).orElse(""))
        .text("detail", status.map(RouteStatus::detail).orElse(""))
        .number(
            "active_connections", status.map(RouteStatus::activeConnections).orElse((long) UNKNOWN))
        .text(
            "certificate_not_after",
            status.flatMap(RouteStatus::certificateNotAfter).map(Times::forPrograms).orElse(""))
        .text("learned_protocol", status.map(RouteStatus::learnedProtocol).orElse(""));
  }
}
