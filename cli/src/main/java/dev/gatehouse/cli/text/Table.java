package dev.gatehouse.cli.text;

import java.util.ArrayList;
import java.util.List;

/**
 * Rows in aligned columns, two blanks apart.
 *
 * <p>A terminal that is too narrow has the columns shortened that were named for it, in that order
 * and no further than their headings; what is still too wide is left to wrap.
 */
public final class Table {

  private static final String GAP = "  ";

  private final List<String> headings;
  private final List<String> shortened = new ArrayList<>();
  private final List<Row> rows = new ArrayList<>();

  private record Row(TextStyle style, List<String> cells) {}

  private Table(List<String> headings) {
    this.headings = headings;
  }

  /** An empty table. */
  public static Table of(String... headings) {
    return new Table(List.of(headings));
  }

  /** Names the columns that may be shortened, the first one first. */
  public Table shortening(String... columns) {
    shortened.addAll(List.of(columns));
    return this;
  }

  /** Adds a row of harmless texts, one for each heading. */
  public void row(TextStyle style, List<String> cells) {
    if (cells.size() != headings.size()) {
      throw new IllegalArgumentException(
          "cells: %d (expected: %d)".formatted(cells.size(), headings.size()));
    }
    rows.add(new Row(style, List.copyOf(cells)));
  }

  /** The lines, each with its end. */
  public String render(int columns, boolean colours) {
    int[] widths = widths(columns);
    StringBuilder text = new StringBuilder();
    text.append(line(headings, widths)).append('\n');
    for (Row row : rows) {
      String line = line(row.cells(), widths);
      text.append(colours ? row.style().mark(line) : line).append('\n');
    }
    return text.toString();
  }

  private int[] widths(int columns) {
    int[] widths = new int[headings.size()];
    long total = (long) GAP.length() * (widths.length - 1);
    for (int column = 0; column < widths.length; column++) {
      widths[column] = widest(column);
      total += widths[column];
    }
    long surplus = total - columns;
    for (String name : shortened) {
      int column = headings.indexOf(name);
      int room = widths[column] - PlainText.width(name);
      int taken = Math.clamp(surplus, 0, room);
      widths[column] -= taken;
      surplus -= taken;
    }
    return widths;
  }

  private int widest(int column) {
    int widest = PlainText.width(headings.get(column));
    for (Row row : rows) {
      widest = Math.max(widest, PlainText.width(row.cells().get(column)));
    }
    return widest;
  }

  private static String line(List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < widths.length; column++) {
      String cell = PlainText.cut(cells.get(column), widths[column]);
      line.append(column == 0 ? "" : GAP)
          .append(cell)
          .repeat(' ', widths[column] - PlainText.width(cell));
    }
    return line.toString().stripTrailing();
  }
}
