package dev.gatehouse.app.boot;

import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.kernel.metric.MetricSink;
import dev.gatehouse.kernel.metric.MetricSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The findings of all checks, in the order of the checks. */
public record BootReport(List<Finding> findings) implements MetricSource {

  public BootReport {
    findings = findings.stream().sorted(Comparator.comparing(Finding::check)).toList();
  }

  /** Both reports as one. */
  public BootReport and(Collection<? extends Finding> more) {
    return new BootReport(Stream.concat(findings.stream(), more.stream()).toList());
  }

  /** Every reason not to start. */
  public List<Finding.Refusal> refusals() {
    return all(Finding.Refusal.class);
  }

  public List<Finding.Warning> warnings() {
    return all(Finding.Warning.class);
  }

  /** 0 if nothing refuses the start, else the code of the first check that does. */
  public int exitCode() {
    return refusals().stream().findFirst().map(refusal -> refusal.check().exitCode()).orElse(0);
  }

  /** One sample for each check that was made: 1 only if all that it found is in order. */
  @Override
  public void collect(MetricSink sink) {
    Map<BootCheck, Boolean> passed =
        findings.stream()
            .collect(
                Collectors.toMap(
                    Finding::check, Finding.Passed.class::isInstance, Boolean::logicalAnd));
    passed.forEach((check, ok) -> sink.sample(Metric.OPS_BOOT_CHECK, ok ? 1 : 0, check.label()));
  }

  private <T extends Finding> List<T> all(Class<T> type) {
    return findings.stream().filter(type::isInstance).map(type::cast).toList();
  }
}
