package dev.gatehouse.config.tree;

/** Ends the reading of one text; never leaves this package. */
final class MalformedTreeException extends Exception {

  private static final long serialVersionUID = 1;

  private final int line;
  private final String sentence;

  MalformedTreeException(int line, String sentence) {
    super(sentence, null, false, false);
    this.line = line;
    this.sentence = sentence;
  }

  static MalformedTreeException tooDeep(int line) {
    return new MalformedTreeException(
        line, "nested too deeply: expected at most " + Limits.MAX_DEPTH + " levels");
  }

  ConfigProblem in(String place) {
    return new ConfigProblem(place, line, sentence);
  }
}
