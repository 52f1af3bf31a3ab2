package dev.gatehouse.relay.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The question whether a binary still lives, since others want its server-id; asked once for all of
 * them, and answered once.
 */
final class Probe {

  /** Who does what an answer entails; on the loop of the binary that was asked. */
  interface Outcome {

    /** It lives and keeps its server-id. */
    void alive(List<BinaryLeg> newcomers);

    /** It is silent; the first newcomer may have its place. */
    void silent(BinaryLeg incumbent, List<BinaryLeg> newcomers);

    /** It went away by itself. */
    void gone(List<BinaryLeg> newcomers);
  }

  private final BinaryLeg incumbent;
  private final Outcome outcome;
  private final List<BinaryLeg> newcomers = new ArrayList<>();
  private boolean answered;

  Probe(BinaryLeg incumbent, Outcome outcome) {
    this.incumbent = incumbent;
    this.outcome = outcome;
  }

  boolean isOf(BinaryLeg other) {
    return incumbent == other;
  }

  /** Waits for the answer; false if it was there already. */
  synchronized boolean join(BinaryLeg newcomer) {
    if (!answered) {
      newcomers.add(newcomer);
    }
    return !answered;
  }

  void alive() {
    answer().ifPresent(outcome::alive);
  }

  void silent() {
    answer().ifPresent(waiting -> outcome.silent(incumbent, waiting));
  }

  void gone() {
    answer().ifPresent(outcome::gone);
  }

  private synchronized Optional<List<BinaryLeg>> answer() {
    if (answered) {
      return Optional.empty();
    }
    answered = true;
    return Optional.of(newcomers.stream().filter(BinaryLeg::isOpen).toList());
  }
}
