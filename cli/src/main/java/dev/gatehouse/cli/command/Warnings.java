package dev.gatehouse.cli.command;

import dev.gatehouse.cli.text.Json;
import dev.gatehouse.cli.text.PlainText;
import dev.gatehouse.client.proxy.Warning;
import java.util.List;
import java.util.stream.Collectors;

/** What a daemon allows and thinks is not meant, as text. */
public final class Warnings {

  private Warnings() {}

  /** A line for each. */
  public static String text(List<Warning> warnings) {
    return warnings.stream()
        .map(
            warning ->
                "warning: %s%s%n"
                    .formatted(
                        warning.field().isEmpty() ? "" : PlainText.of(warning.field()) + ": ",
                        PlainText.of(warning.text())))
        .collect(Collectors.joining());
  }

  public static void json(Json json, List<Warning> warnings) {
    json.objects(
        "warnings",
        warnings,
        warning -> json.text("field", warning.field()).text("text", warning.text()));
  }
}
