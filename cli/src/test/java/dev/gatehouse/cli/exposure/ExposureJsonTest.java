package dev.gatehouse.cli.exposure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.v1.Change;
import dev.gatehouse.v1.Drift;
import dev.gatehouse.v1.DriftKind;
import dev.gatehouse.v1.Exposure;
import dev.gatehouse.v1.ExposureEvent;
import org.junit.jupiter.api.Test;

class ExposureJsonTest {

  private static final String REDIS =
      """
      {"proto":"tcp","family":"ipv4","address":"0.0.0.0","interface":null,"port":6379,\
      "scope":"public","v6only":null,"process":"redis-server","pid":2231,"uid":999,\
      "owner_uid":999,"user":"redis","exe":"/usr/bin/redis-server","unit":null,\
      "container":"3f2a9c0d11ee","netns":"own","resolution":"fd","sockets":1,\
      "ephemeral":false,"queue_length":0,"queue_limit":511,"drops":null,\
      "verdict":"unexpected","note":null,"service":null}\
      """;

  private static final String WIREGUARD =
      """
      {"proto":"udp","family":"ipv6","address":"::","interface":null,"port":51820,\
      "scope":"public","v6only":false,"process":null,"pid":null,"uid":0,"owner_uid":null,\
      "user":"root","exe":null,"unit":null,"container":null,"netns":"own",\
      "resolution":"kernel","sockets":1,"ephemeral":false,"queue_length":0,"queue_limit":0,\
      "drops":0,"verdict":"expected","note":"WireGuard","service":null}\
      """;

  private static final String MISSING =
      """
      {"kind":"missing","listener":null,"expected":"{ port = 25 }",\
      "since":"2026-05-13T10:03:55Z","remedy":"start it"}\
      """;

  @Test
  void writesTheWholeOnOneLine() {
    Exposure exposure =
        Edge.of(Edge.WIREGUARD, Edge.REDIS).toBuilder()
            .addDrift(Edge.REDIS_DRIFT)
            .addDrift(missing())
            .addWarnings("a \"warning\"")
            .setTruncated(2)
            .setOmitted(3)
            .setStale(true)
            .build();
    assertThat(ExposureJson.of(exposure))
        .isEqualTo(
            """
            {"version":1,"taken_at":"2026-05-13T10:04:05.123Z","host":"edge-1","stale":true,\
            "sources":[{"proto":"tcp","family":"ipv4","source":"netlink","error":null}],\
            "owners":{"fd":0,"cgroup":0,"kernel":0,"hidden":0,"pending":0,"off":0},\
            "listeners":[%s,%s],\
            "drift":[{"kind":"unexpected","listener":1,"expected":null,\
            "since":"2026-05-13T10:03:55Z",\
            "remedy":"bind it to 127.0.0.1, stop it, or add it to watch.expected"},%s],\
            "warnings":["a \\"warning\\""],"truncated":2,"omitted":3}\
            """
                .formatted(WIREGUARD, REDIS, MISSING));
  }

  @Test
  void arraysAreThereEvenWhenEmpty() {
    assertThat(ExposureJson.of(Exposure.getDefaultInstance()))
        .contains("\"sources\":[]", "\"listeners\":[]", "\"drift\":[]", "\"warnings\":[]")
        .contains("\"host\":null");
  }

  @Test
  void writesEachEventOnOneLine() {
    ExposureEvent.Builder event =
        ExposureEvent.newBuilder().setAt(Edge.moment("2026-05-13T10:04:05Z"));
    assertThat(
            ExposureJson.of(event.setChange(Change.CHANGE_OPENED).setListener(Edge.REDIS).build()))
        .isEqualTo(
            """
            {"version":1,"at":"2026-05-13T10:04:05Z","change":"opened","snapshot":null,\
            "listener":%s,"was":null,"drift":null}\
            """
                .formatted(REDIS));
    assertThat(
            ExposureJson.of(
                event.setChange(Change.CHANGE_OWNER_CHANGED).setWas(Edge.WIREGUARD).build()))
        .contains("\"change\":\"owner_changed\"", "\"was\":" + WIREGUARD);
    assertThat(
            ExposureJson.of(
                event
                    .clearListener()
                    .clearWas()
                    .setChange(Change.CHANGE_DRIFT_RESOLVED)
                    .setDrift(missing())
                    .build()))
        .contains("\"change\":\"drift_resolved\"", "\"drift\":" + MISSING);
    assertThat(
            ExposureJson.of(
                event
                    .clearDrift()
                    .setChange(Change.CHANGE_SNAPSHOT)
                    .setSnapshot(Edge.of(Edge.REDIS))
                    .build()))
        .contains("\"snapshot\":{\"version\":1,", REDIS)
        .doesNotContain("\n");
  }

  @Test
  void writesInAsciiSoThatATerminalObeysNothing() {
    Exposure evil = Edge.of(Edge.SSH.toBuilder().setProcess("a\u001b\u009b\u202eé").build());
    assertThat(ExposureJson.of(evil))
        .contains("\"process\":\"a\\u001B\\u009B\\u202E\\u00E9\"")
        .matches("\\p{Print}+");
  }

  private static Drift missing() {
    return Drift.newBuilder()
        .setKind(DriftKind.DRIFT_KIND_MISSING)
        .setExpected("{ port = 25 }")
        .setSince(Edge.moment("2026-05-13T10:03:55Z"))
        .setRemedy("start it")
        .build();
  }
}
