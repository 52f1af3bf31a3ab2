package dev.gatehouse.control.ops.scrape;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.control.ops.page.Answer;
import dev.gatehouse.control.ops.page.Weights;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The text formats in which a scrape can be answered. */
enum Exposition {
  PROMETHEUS(PrometheusTextFormatWriter.create()),
  OPEN_METRICS(OpenMetricsTextFormatWriter.create());

  private static final int USUAL_BYTES = 64 * 1024;

  @SuppressWarnings("ImmutableEnumChecker") // the writers keep no state
  private final ExpositionFormatWriter writer;

  Exposition(ExpositionFormatWriter writer) {
    this.writer = writer;
  }

  /** OpenMetrics for who names it and does not like plain text better. */
  static Exposition preferred(String accept) {
    double openMetrics = Weights.of(accept, "application/openmetrics-text");
    return openMetrics > 0 && openMetrics >= Weights.of(accept, "text/plain")
        ? OPEN_METRICS
        : PROMETHEUS;
  }

  Answer answer(MetricSnapshots snapshots) {
    ByteArrayOutputStream text = new ByteArrayOutputStream(USUAL_BYTES);
    try {
      writer.write(text, snapshots);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Answer.of(200, writer.getContentType(), text.toString(UTF_8));
  }
}
