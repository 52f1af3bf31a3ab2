package dev.gatehouse.cli.command;

import java.util.List;

/**
 * Arguments in front of which a listener may be named; where there is only one listener, it need
 * not be.
 *
 * @param listener empty if it was left out
 */
public record Target(String listener, List<String> rest) {

  /**
   * Tells the listener, if there is one, from the rest.
   *
   * @param others how many arguments there are besides the listener
   */
  public static Target of(List<String> arguments, int others) {
    int first = arguments.size() - others;
    return new Target(
        first > 0 ? arguments.getFirst() : "", arguments.subList(first, arguments.size()));
  }
}
