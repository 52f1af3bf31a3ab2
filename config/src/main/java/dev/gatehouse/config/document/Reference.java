package dev.gatehouse.config.document;

import dev.gatehouse.config.document.Declaration.Need;
import java.util.List;

/** The declarations as Markdown, one table for each section. */
public final class Reference {

  private final StringBuilder out = new StringBuilder();

  private Reference() {}

  public static String of(Declaration.Section root) {
    Reference reference = new Reference();
    reference.section("", root);
    return reference.out.toString();
  }

  private void section(String path, Declaration.Section section) {
    List<Declaration.Key> keys =
        section.members().stream()
            .filter(Declaration.Key.class::isInstance)
            .map(Declaration.Key.class::cast)
            .toList();
    heading(path, section);
    if (!keys.isEmpty()) {
      out.append("| key | default | values | meaning |\n|---|---|---|---|\n");
      keys.forEach(this::row);
      out.append('\n');
    }
    for (Declaration member : section.members()) {
      if (member instanceof Declaration.Section inner) {
        section(path.isEmpty() ? inner.name() : path + '.' + inner.name(), inner);
      }
    }
  }

  private void heading(String path, Declaration.Section section) {
    if (!path.isEmpty()) {
      String header = section.repeated() ? "[[" + path + "]]" : "[" + path + "]";
      out.append("## `").append(header).append("`\n\n");
      out.append(section.description()).append("\n\n");
    }
  }

  private void row(Declaration.Key key) {
    out.append("| `").append(key.name()).append("` | ");
    out.append(cell(preset(key))).append(" | ");
    out.append(cell(key.expectation())).append(" | ");
    out.append(cell(key.description())).append(" |\n");
  }

  private static String preset(Declaration.Key key) {
    return key.need() == Need.REQUIRED
        ? "required"
        : key.value() == null ? "none" : '`' + TomlText.inline(key.value()) + '`';
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replace("\n", " ");
  }
}
