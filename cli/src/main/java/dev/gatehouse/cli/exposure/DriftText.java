package dev.gatehouse.cli.exposure;

import dev.gatehouse.cli.text.PlainText;
import dev.gatehouse.cli.text.Words;
import dev.gatehouse.v1.Drift;
import dev.gatehouse.v1.DriftKind;
import dev.gatehouse.v1.Listener;
import java.util.Locale;

/** One difference from the expected list, as a sentence with its remedy. */
final class DriftText {

  private DriftText() {}

  static String of(Drift drift) {
    String remedy = capitalised(PlainText.of(drift.getRemedy()));
    String entry =
        drift.getKind() == DriftKind.DRIFT_KIND_UNEXPECTED
            ? ":\n  " + ExpectedEntries.inline(drift.getListener()) + "\n"
            : ".\n";
    return sentence(drift) + (remedy.isEmpty() ? "\n" : " " + remedy + entry);
  }

  private static String sentence(Drift drift) {
    Listener listener = drift.getListener();
    String where = Words.of(listener.getProto()) + " " + ListenerCells.address(listener);
    String expected = PlainText.of(drift.getExpected());
    return switch (drift.getKind()) {
      case DRIFT_KIND_UNEXPECTED -> where + " is not expected.";
      case DRIFT_KIND_WIDER ->
          "%s is %s, wider than expected: %s."
              .formatted(where, Words.of(listener.getScope()), expected);
      case DRIFT_KIND_OWNER ->
          "%s is held by %s, not as expected: %s."
              .formatted(where, PlainText.orDash(listener.getProcess()), expected);
      case DRIFT_KIND_MISSING -> "nothing listens as expected: " + expected + ".";
      case DRIFT_KIND_SELF -> where + " is Gatehouse's own and not intended.";
      case DRIFT_KIND_UNSPECIFIED, UNRECOGNIZED -> where + " differs from what is expected.";
    };
  }

  private static String capitalised(String text) {
    return text.isEmpty() ? "" : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }
}
