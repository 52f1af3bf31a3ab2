package dev.gatehouse.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A page of the documentation: what it can be linked by and what it links to. */
record Markdown(Path file, String text) {

  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");
  private static final Pattern LINK = Pattern.compile("]\\(([^)]+)\\)");

  static Markdown read(Path file) throws IOException {
    return new Markdown(file, Files.readString(file));
  }

  /** The names that a Markdown reader gives to the headings. */
  Set<String> anchors() {
    return HEADING
        .matcher(text)
        .results()
        .map(heading -> anchor(heading.group(1)))
        .collect(Collectors.toSet());
  }

  /** Links into this project, as they are written. */
  List<String> localLinks() {
    return LINK.matcher(text)
        .results()
        .map(link -> link.group(1))
        .filter(link -> !link.startsWith("http"))
        .toList();
  }

  /** The example whose first line is this one. */
  String example(String firstLine) {
    int begin = text.indexOf("\n" + firstLine + "\n") + 1;
    if (begin == 0) {
      throw new NoSuchElementException(firstLine);
    }
    return text.substring(begin, text.indexOf("```", begin));
  }

  /** Whether the link leads to a file, and to a heading where it names one. */
  boolean resolves(String link) throws IOException {
    int hash = link.indexOf('#');
    String path = hash < 0 ? link : link.substring(0, hash);
    Path target = path.isEmpty() ? file : file.resolveSibling(path);
    if (hash < 0 || !Files.isRegularFile(target)) {
      return Files.exists(target);
    }
    return read(target).anchors().contains(link.substring(hash + 1));
  }

  private static String anchor(String heading) {
    return heading.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9 -]", "").replace(' ', '-');
  }
}
