package dev.gatehouse.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.e2e.Program.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The alert rules as Prometheus itself reads and runs them. */
class PrometheusRulesTest {

  private static final Path FOLDER = Project.file("deploy/prometheus");
  private static final Path RULES = FOLDER.resolve("gatehouse.rules.yml");
  private static final Path GUIDE = Project.file("docs/guide.md");
  private static final Path CASES = FOLDER.resolve("gatehouse.rules.test.yml");

  private static final Pattern ALERT = Pattern.compile("- alert: (\\w+)");
  private static final Pattern CASE =
      Pattern.compile("alertname: (\\w+)(?:, exp_alerts: (\\[])|\\s+exp_alerts:\\s+- exp_labels)");
  private static final Pattern SEVERITY = Pattern.compile("(?s)- alert: (\\w+).*?severity: (\\w+)");
  private static final Pattern ROW = Pattern.compile("\\| (Gatehouse\\w+) \\| (\\w+) \\|");
  private static final Pattern RUNBOOK = Pattern.compile("runbook: ([a-z-]+)");

  @Test
  void prometheusAcceptsTheRules() {
    Ended ended = promtool("check", "rules", RULES.toString());
    assertThat(ended.code()).as(ended.output() + ended.errors()).isZero();
  }

  @Test
  void everyCaseOfTheRulesHolds() {
    Ended ended = promtool("test", "rules", CASES.toString());
    assertThat(ended.code()).as(ended.output() + ended.errors()).isZero();
  }

  @Test
  void everyAlertHasACaseThatFiresAndOneThatDoesNot() throws IOException {
    Set<String> alerts = names(RULES, ALERT);
    String cases = Files.readString(CASES);
    assertThat(alerts)
        .isNotEmpty()
        .isEqualTo(casesOf(cases, false))
        .isEqualTo(casesOf(cases, true));
  }

  @Test
  void everyRunbookIsAHeadingOfTheGuide() throws IOException {
    assertThat(names(RULES, RUNBOOK)).isNotEmpty().isSubsetOf(Markdown.read(GUIDE).anchors());
  }

  @Test
  void theGuideListsEveryAlertWithItsSeverity() throws IOException {
    List<String> rules = pairs(RULES, SEVERITY);
    assertThat(rules).isNotEmpty().isEqualTo(pairs(GUIDE, ROW));
  }

  @Test
  void everySeriesIsInTheCatalogue() throws IOException {
    assertThat(MetricNames.unknownIn(Files.readString(RULES))).isEmpty();
  }

  private static Set<String> casesOf(String cases, boolean quiet) {
    return CASE.matcher(cases)
        .results()
        .filter(match -> (match.group(2) != null) == quiet)
        .map(match -> match.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> names(Path file, Pattern pattern) throws IOException {
    return pattern
        .matcher(Files.readString(file))
        .results()
        .map((MatchResult match) -> match.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<String> pairs(Path file, Pattern pattern) throws IOException {
    return pattern
        .matcher(Files.readString(file))
        .results()
        .map(match -> match.group(1) + " " + match.group(2))
        .toList();
  }

  private static Ended promtool(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Peer.require("promtool", "prometheus"));
    command.addAll(List.of(arguments));
    return Program.run(Program.here(FOLDER), command);
  }
}
