package dev.gatehouse.control.ops.scrape;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatehouse.control.ops.page.Answer;
import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.kernel.metric.MetricSink;
import dev.gatehouse.kernel.metric.MetricSource;
import dev.gatehouse.kernel.metric.MetricType;
import dev.gatehouse.testkit.LogGuard;
import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricsPageTest {

  private static final Path PROMTOOL = Path.of("/usr/bin/promtool");
  private static final MetricSource BROKEN =
      sink -> {
        throw new IllegalStateException("broken");
      };

  @RegisterExtension final LogGuard logs = new LogGuard();

  private final EventCounters counters = new EventCounters();

  @Test
  void theWholeCatalogueCanBeWritten() {
    String text = page(MetricsPageTest::oneOfEach).answer("").body();
    for (Metric metric : Metric.values()) {
      String series = metric.fullName() + (metric.type() == MetricType.HISTOGRAM ? "_count" : "");
      assertThat(text)
          .contains("# HELP " + metric.fullName() + " " + metric.help() + "\n")
          .containsPattern("\n" + series + "(\\{[^}]*})? 1(\\.0)?\n");
    }
    assertThat(text).contains("gatehouse_ops_scrape_errors_total{cause=\"encoding\"} 0.0");
  }

  @Test
  void promtoolFindsNothingToImprove() throws Exception {
    String found = promtool(page(MetricsPageTest::oneOfEach).answer("").body());
    assertThat(found.lines().filter(line -> !isNameOfOld(line))).isEmpty();
  }

  /** Dashboards of trackers know these gauges by their names, which promtool likes less. */
  private static boolean isNameOfOld(String line) {
    return line.startsWith("gatehouse_tracker_storage_") && line.contains("\"_count\" suffix");
  }

  @Test
  void promtoolReadsTheSamplesOfTheJvm() throws Exception {
    Answer answer = MetricsPage.withJvm(List.of(counters), counters).answer("");
    assertThat(answer.body()).contains("jvm_threads_current", "process_cpu_seconds_total");
    assertThat(promtool(answer.body())).doesNotContain("gatehouse_", "error");
  }

  @Test
  void nothingOfTheDefaultRegistryIsShown() {
    Collector asked =
        () -> {
          throw new IllegalStateException("the default registry was asked");
        };
    PrometheusRegistry.defaultRegistry.register(asked);
    assertThat(MetricsPage.withJvm(List.of(counters), counters).answer("").status()).isEqualTo(200);
  }

  @Test
  void aHostileLabelStaysInsideItsQuotes() {
    String text =
        page(sink -> sink.sample(Metric.OPS_BOOT_CHECK, 1, "a\"} 9\nevil 1\\")).answer("").body();
    assertThat(text).contains("gatehouse_ops_boot_check{check=\"a\\\"} 9\\nevil 1\\\\\"} 1.0\n");
    assertThat(text.lines()).noneMatch(line -> line.startsWith("evil"));
  }

  @Test
  void aPartThatBreaksHidesNoOtherAndIsToldOnce() {
    logs.expect("metric_source_failed");
    MetricsPage page = page(BROKEN);
    assertThat(page.answer("").body())
        .contains("gatehouse_ops_scrape_errors_total{cause=\"gathering\"} 1.0");
    assertThat(page.answer("").body())
        .contains("gatehouse_ops_scrape_errors_total{cause=\"gathering\"} 2.0");
    assertThat(logs.events("metric_source_failed")).hasSize(1);
  }

  @Test
  void aSeriesThatTwoPartsGiveIsCountedAsAnEncodingError() {
    MetricsPage page =
        page(
            sink -> {
              sink.sample(Metric.OPS_UNEXPECTED_LISTENERS, 3);
              sink.sample(Metric.OPS_UNEXPECTED_LISTENERS, 4);
            });
    assertThat(page.answer("").body()).contains("\ngatehouse_ops_unexpected_listeners 3.0\n");
    assertThat(page.answer("").body())
        .contains("gatehouse_ops_scrape_errors_total{cause=\"encoding\"} 1.0");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | text/plain; version=0.0.4; charset=utf-8",
        "*/* | text/plain; version=0.0.4; charset=utf-8",
        "text/html,*/*;q=0.8 | text/plain; version=0.0.4; charset=utf-8",
        "application/openmetrics-text | application/openmetrics-text; version=1.0.0; charset=utf-8",
        "application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.3,*/*;q=0.1"
            + " | application/openmetrics-text; version=1.0.0; charset=utf-8",
        "application/openmetrics-text;q=0.1,text/plain"
            + " | text/plain; version=0.0.4; charset=utf-8",
        "application/openmetrics-text;q=0 | text/plain; version=0.0.4; charset=utf-8",
      })
  void theFormatIsTheOneThatIsPreferred(String accept, String type) {
    assertThat(page(sink -> {}).answer(accept).contentType()).isEqualTo(type);
  }

  @Test
  void openMetricsEndsAsItMust() {
    String text = page(MetricsPageTest::oneOfEach).answer("application/openmetrics-text").body();
    assertThat(text)
        .contains("# TYPE gatehouse_ops_requests counter\n", "# TYPE gatehouse_build info\n")
        .endsWith("# EOF\n");
  }

  private MetricsPage page(MetricSource source) {
    return MetricsPage.of(List.of(source, counters), counters);
  }

  private static void oneOfEach(MetricSink sink) {
    EventCounters histograms = new EventCounters();
    for (Metric metric : Metric.values()) {
      String[] labels = Collections.nCopies(metric.labels().size(), "x").toArray(String[]::new);
      if (metric.type() == MetricType.HISTOGRAM) {
        histograms.histogram(metric, labels).record(1);
      } else if (metric == Metric.OPS_SCRAPE_ERRORS) {
        sink.sample(metric, 1, "another");
      } else {
        sink.sample(metric, 1, labels);
      }
    }
    histograms.collect(sink);
  }

  /** What the tool complains about. */
  private static String promtool(String text) throws IOException, InterruptedException {
    boolean present = Files.isExecutable(PROMTOOL);
    assertThat(present || System.getenv("CI") == null).as("install prometheus").isTrue();
    assumeTrue(present, "promtool is absent; install the package prometheus");
    Path file = Files.createTempFile("metrics", ".txt");
    try {
      Files.writeString(file, text);
      Process process =
          new ProcessBuilder(PROMTOOL.toString(), "check", "metrics")
              .redirectInput(file.toFile())
              .redirectErrorStream(true)
              .start();
      String output = new String(process.getInputStream().readAllBytes(), UTF_8);
      process.waitFor();
      return output;
    } finally {
      Files.delete(file);
    }
  }
}
