package dev.gatehouse.watch.drift;

import dev.gatehouse.kernel.address.AddressScope;
import dev.gatehouse.watch.exposure.Binding;
import dev.gatehouse.watch.exposure.Listener;
import dev.gatehouse.watch.exposure.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Gives each listener its verdict; the first rule that applies decides. */
final class DriftJudge {

  /** A verdict and what it rests on. */
  record Judgement(Verdict verdict, @Nullable ExpectedListener entry, String service) {

    static Judgement of(Verdict verdict) {
      return new Judgement(verdict, null, "");
    }

    String note() {
      return entry == null ? "" : entry.note();
    }
  }

  private final DriftPolicy policy;
  private final Set<IntendedListener> intended;

  DriftJudge(DriftPolicy policy, Set<IntendedListener> intended) {
    this.policy = policy;
    this.intended = intended;
  }

  Judgement judge(Listener listener) {
    Binding binding = listener.binding();
    if (!binding.isOwnNetns()) {
      return Judgement.of(Verdict.UNJUDGED);
    }
    if (listener.owner().pid() == policy.ownPid()) {
      return judgeSelf(binding);
    }
    if (binding.scope() == AddressScope.LOOPBACK && !policy.judgeLoopback()) {
      return Judgement.of(Verdict.IGNORED);
    }
    if (policy.expected().isEmpty()) {
      return Judgement.of(Verdict.UNJUDGED);
    }
    return judgeByEntries(listener);
  }

  /** Whether the listener answers an entry that requires one. */
  boolean satisfies(ExpectedListener entry, Listener listener, Verdict verdict) {
    Binding binding = listener.binding();
    if (!binding.isOwnNetns() || !entry.concerns(binding.protocol(), binding.port())) {
      return false;
    }
    return verdict == Verdict.OWN
        || (entry.scope().isAtLeast(binding.scope())
            && OwnerMatch.of(entry, listener) != OwnerMatch.NO);
  }

  private Judgement judgeSelf(Binding binding) {
    Optional<IntendedListener> own =
        intended.stream().filter(candidate -> candidate.matches(binding)).findFirst();
    return own.map(found -> new Judgement(Verdict.OWN, null, found.service()))
        .orElse(Judgement.of(Verdict.SELF));
  }

  private Judgement judgeByEntries(Listener listener) {
    Binding binding = listener.binding();
    List<ExpectedListener> entries =
        policy.expected().stream()
            .filter(entry -> entry.concerns(binding.protocol(), binding.port()))
            .toList();
    if (entries.isEmpty()) {
      return Judgement.of(Verdict.UNEXPECTED);
    }
    Judgement best = new Judgement(Verdict.OWNER, entries.getFirst(), "");
    for (ExpectedListener entry : entries) {
      Verdict verdict = verdict(entry, listener);
      if (verdict.compareTo(best.verdict()) < 0) {
        best = new Judgement(verdict, entry, "");
      }
    }
    return best;
  }

  /** Of one entry; the enum's order from expected to owner is that of the rules. */
  private static Verdict verdict(ExpectedListener entry, Listener listener) {
    OwnerMatch match = OwnerMatch.of(entry, listener);
    if (match == OwnerMatch.NO) {
      return Verdict.OWNER;
    }
    if (!entry.scope().isAtLeast(listener.scope())) {
      return Verdict.WIDER;
    }
    return match == OwnerMatch.YES ? Verdict.EXPECTED : Verdict.UNVERIFIED;
  }
}
