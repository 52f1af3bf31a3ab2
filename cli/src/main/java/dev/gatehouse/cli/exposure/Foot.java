package dev.gatehouse.cli.exposure;

import dev.gatehouse.cli.text.PlainText;
import dev.gatehouse.cli.text.Times;
import dev.gatehouse.cli.text.Words;
import dev.gatehouse.v1.Drift;
import dev.gatehouse.v1.Exposure;
import dev.gatehouse.v1.SourceUse;
import java.util.List;

/** What the reader of the table must know beside it; only lines that apply. */
final class Foot {

  private Foot() {}

  static String of(Exposure exposure) {
    StringBuilder foot = new StringBuilder();
    foot.append(drift(exposure.getDriftList()));
    exposure.getSourcesList().stream()
        .filter(use -> !use.getError().isEmpty())
        .forEach(use -> foot.append(unread(use)).append('\n'));
    if (exposure.getStale()) {
      foot.append(
          "Stale: taken %s ago; a newer scan did not come in time.\n"
              .formatted(Times.words(exposure.getAge())));
    }
    if (exposure.getOmitted() > 0) {
      foot.append(
          "%d more listeners are left out; narrow the scope to see them.\n"
              .formatted(exposure.getOmitted()));
    }
    if (exposure.getOwners().getHidden() > 0) {
      foot.append(hidden(exposure.getOwners().getHidden()));
    }
    if (exposure.getTruncated() > 0) {
      foot.append(
          "The metrics leave out %d series (watch.max_listening_series).\n"
              .formatted(exposure.getTruncated()));
    }
    exposure.getWarningsList().forEach(line -> foot.append(PlainText.of(line)).append('\n'));
    return foot.toString();
  }

  private static String drift(List<Drift> drift) {
    if (drift.isEmpty()) {
      return "";
    }
    StringBuilder lines = new StringBuilder().append(drift.size()).append(" drift:");
    if (drift.size() == 1) {
      return lines.append(' ').append(DriftText.of(drift.getFirst())).toString();
    }
    lines.append('\n');
    drift.forEach(difference -> lines.append(DriftText.of(difference)));
    return lines.toString();
  }

  private static String unread(SourceUse use) {
    return "Not read: %s over %s (%s)."
        .formatted(
            Words.of(use.getProto()), Words.of(use.getFamily()), PlainText.of(use.getError()));
  }

  private static String hidden(int owners) {
    return owners
        + (owners == 1 ? " owner is" : " owners are")
        + " hidden; CAP_SYS_PTRACE and CAP_DAC_READ_SEARCH show "
        + (owners == 1 ? "it" : "them")
        + ".\n";
  }
}
