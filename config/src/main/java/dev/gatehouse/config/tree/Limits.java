package dev.gatehouse.config.tree;

/** How large a configuration file may be, so that a mistaken path cannot exhaust the process. */
final class Limits {

  static final int MAX_BYTES = 1 << 20;

  /** Longer than any credential; parsers take more than linear time for a line. */
  static final int MAX_LINE_LENGTH = 1 << 16;

  /** Tables and lists inside one another. */
  static final int MAX_DEPTH = 32;

  /** Of one file: later ones are mostly echoes of the first. */
  static final int MAX_SYNTAX_PROBLEMS = 10;

  private Limits() {}
}
