package dev.gatehouse.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real Prometheus reads what the ops listener shows. */
class ScrapeTest {

  private static final String PROMETHEUS = "127.0.0.1:9999";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path folder;
  private Namespace host;

  @BeforeEach
  void createHost() {
    host = Namespace.create(folder);
  }

  @AfterEach
  void removeHost() {
    host.close();
  }

  @Test
  void prometheusScrapesIt() throws Exception {
    try (Daemon _ = Daemon.start(host, folder, "[ops]\n[watch]\n");
        Program _ = startPrometheus()) {
      assertThat(awaitValue("up{job=\"gatehouse\"} == 1")).isEqualTo("1");
      assertThat(awaitValue("gatehouse_netstat_listening_ports{process=\"gatehouse\"}"))
          .isEqualTo("1");
      assertThat(awaitValue("gatehouse_netstat_listening_ports{process=\"prometheus\"}"))
          .isEqualTo("1");
    }
  }

  @Test
  void itsMetricsFollowTheConventions() throws IOException {
    String promtool = Peer.require("promtool", "prometheus");
    try (Daemon daemon = Daemon.start(host, folder, "[ops]\n[watch]\n")) {
      Path metrics = Files.writeString(folder.resolve("metrics"), daemon.get("/metrics"));
      Program.Ended lint =
          Program.run(
              Program.here(folder), List.of("sh", "-c", promtool + " check metrics < " + metrics));
      assertThat(lint.output() + lint.errors()).isEmpty();
      assertThat(lint.code()).isZero();
    }
  }

  @Test
  void aListenerOutsideTheExpectedSetIsDriftWithinOneScrape() throws Exception {
    String configuration =
        """
        [ops]
        [watch]
        scan_interval = "0s"
        judge_loopback = true
        expected = [ { port = 9090 } ]
        """;
    try (Daemon daemon = Daemon.start(host, folder, configuration)) {
      assertThat(daemon.get("/metrics")).contains("gatehouse_watch_drift{kind=\"unexpected\"} 0");
      try (Program _ = Farms.start(host, folder, "tcp/0.0.0.0/4444")) {
        awaitDrift(daemon);
        assertThat(daemon.log()).contains("exposure_drift");
        Program.Ended check = daemon.command("exposure", "--check");
        assertThat(check.code()).isEqualTo(1);
        assertThat(check.output()).contains("0.0.0.0:4444", "UNEXPECTED");
      }
    }
  }

  /** A reader reuses a snapshot for up to a second; the first scrape with a newer one shows it. */
  private static void awaitDrift(Daemon daemon) throws Exception {
    Await.until(
        "drift",
        PATIENCE,
        () -> daemon.get("/metrics").contains("gatehouse_watch_drift{kind=\"unexpected\"} 1"));
    assertThat(daemon.get("/metrics"))
        .containsPattern("gatehouse_watch_drift_listener\\{[^}]*port=\"4444\"");
  }

  private Program startPrometheus() throws IOException {
    String prometheus = Peer.require("prometheus", "prometheus");
    Path configuration =
        Files.writeString(
            folder.resolve("prometheus.yml"),
            """
            global:
              scrape_interval: 1s
            scrape_configs:
              - job_name: gatehouse
                static_configs:
                  - targets: ["127.0.0.1:9090"]
            """);
    return host.start(
        Program.here(folder),
        List.of(
            prometheus,
            "--config.file=" + configuration,
            "--storage.tsdb.path=" + folder.resolve("tsdb"),
            "--web.listen-address=" + PROMETHEUS));
  }

  /** The value of the query's first series, once it has one. */
  private String awaitValue(String query) throws Exception {
    List<String> command =
        List.of(
            Peer.require("curl", "curl"),
            "-sS",
            "--get",
            "--data-urlencode",
            "query=" + query,
            "http://" + PROMETHEUS + "/api/v1/query");
    AtomicReference<String> value = new AtomicReference<>("");
    Await.until(
        "an answer to " + query,
        PATIENCE,
        () -> {
          String answer = host.run(command).output();
          if (!answer.isEmpty()) {
            JsonNode tree = JsonMapper.shared().readTree(answer);
            value.set(tree.at("/data/result/0/value/1").asString(""));
          }
          return !value.get().isEmpty();
        });
    return value.get();
  }
}
