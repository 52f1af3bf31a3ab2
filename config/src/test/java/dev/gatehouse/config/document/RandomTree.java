package dev.gatehouse.config.document;

import dev.gatehouse.config.tree.Node;
import dev.gatehouse.config.tree.Node.Array;
import dev.gatehouse.config.tree.Node.Kind;
import dev.gatehouse.config.tree.Node.Scalar;
import dev.gatehouse.config.tree.Node.Table;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** Trees with everything that a configuration may hold, to be written and read again. */
final class RandomTree {

  private static final String CHARACTERS =
      "aZ09_-. #='\"\\[]{},\n\t\r\b\u0001\u007f\u0085é\u2028€\ud83d\ude00";

  private RandomTree() {}

  /** The same tree from nowhere. */
  static Node withoutLines(Node node) {
    return switch (node) {
      case Scalar scalar -> new Scalar(0, scalar.kind(), scalar.text());
      case Array array ->
          new Array(0, array.elements().stream().map(RandomTree::withoutLines).toList());
      case Table table -> {
        Map<String, Node> entries = new LinkedHashMap<>();
        table.entries().forEach((name, entry) -> entries.put(name, withoutLines(entry)));
        yield new Table(0, entries);
      }
    };
  }

  /** Any tree. */
  static Table of(Random random) {
    return tree(random, 0);
  }

  private static Table tree(Random random, int depth) {
    Map<String, Node> entries = new LinkedHashMap<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      entries.put("k" + text(random), node(random, depth + 1));
    }
    return new Table(0, entries);
  }

  private static Node node(Random random, int depth) {
    return switch (random.nextInt(depth > 4 ? 5 : 9)) {
      case 0 -> Scalar.integer(random.nextLong());
      case 1 -> new Scalar(0, Kind.DECIMAL, Double.toString(random.nextGaussian() * 1e9));
      case 2 -> new Scalar(0, Kind.BOOLEAN, Boolean.toString(random.nextBoolean()));
      case 3, 4 -> Scalar.text(text(random));
      case 5 -> nodes(random, depth);
      case 6 -> tables(random, depth);
      default -> tree(random, depth);
    };
  }

  private static Array nodes(Random random, int depth) {
    return new Array(
        0, IntStream.range(0, random.nextInt(4)).mapToObj(_ -> node(random, depth + 1)).toList());
  }

  private static Array tables(Random random, int depth) {
    return new Array(
        0,
        IntStream.range(0, random.nextInt(4))
            .<Node>mapToObj(_ -> tree(random, depth + 1))
            .toList());
  }

  private static String text(Random random) {
    int[] characters = CHARACTERS.codePoints().toArray();
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(12); i > 0; i--) {
      text.appendCodePoint(characters[random.nextInt(characters.length)]);
    }
    return text.toString();
  }
}
