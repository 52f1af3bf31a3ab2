package dev.gatehouse.cli.exposure;

import dev.gatehouse.cli.text.PlainText;
import dev.gatehouse.cli.text.Table;
import dev.gatehouse.cli.text.Times;
import dev.gatehouse.cli.text.Words;
import dev.gatehouse.v1.Exposure;
import dev.gatehouse.v1.OwnerCounts;
import dev.gatehouse.v1.Scope;
import java.time.ZoneId;
import java.util.stream.Collectors;

/** An exposure for people: a line about the host, the table, and what to know at its foot. */
public final class ExposureText {

  private final int columns;
  private final boolean colours;
  private final ZoneId zone;

  /**
   * @param columns how wide the table may be; {@link Integer#MAX_VALUE} for any width
   */
  public ExposureText(int columns, boolean colours, ZoneId zone) {
    this.columns = columns;
    this.colours = colours;
    this.zone = zone;
  }

  /** All lines, each with its end. */
  public String of(Exposure exposure) {
    Table table =
        Table.of("PROTO", "ADDRESS", "SCOPE", "PROCESS", "PID", "USER", "UNIT", "QUEUE", "VERDICT")
            .shortening("UNIT", "QUEUE");
    exposure.getListenersList().stream()
        .sorted(ListenerOrder.FOR_PEOPLE)
        .forEach(found -> table.row(ListenerCells.style(found), ListenerCells.of(found)));
    return heading(exposure) + "\n\n" + table.render(columns, colours) + Foot.of(exposure);
  }

  private String heading(Exposure exposure) {
    String sources =
        exposure.getSourcesList().stream()
            .filter(use -> use.getError().isEmpty())
            .map(use -> Words.of(use.getSource()))
            .distinct()
            .sorted()
            .collect(Collectors.joining(", "));
    return String.join(
        " · ",
        PlainText.orDash(exposure.getHost()),
        Times.forPeople(exposure.getTakenAt(), zone),
        sources.isEmpty() ? "nothing could be read" : sources,
        listeners(exposure),
        owners(exposure.getOwners()));
  }

  private static String listeners(Exposure exposure) {
    int all = exposure.getListenersCount() + exposure.getOmitted();
    long open =
        exposure.getListenersList().stream()
            .filter(found -> found.getScope() == Scope.SCOPE_PUBLIC)
            .count();
    return "%d %s, %d public".formatted(all, all == 1 ? "listener" : "listeners", open);
  }

  private static String owners(OwnerCounts owners) {
    int known = owners.getFd() + owners.getCgroup();
    int all =
        known + owners.getKernel() + owners.getHidden() + owners.getPending() + owners.getOff();
    return all > 0 && owners.getOff() == all
        ? "owners off"
        : "owners %d of %d known".formatted(known, all);
  }
}
