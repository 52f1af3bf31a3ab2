package dev.gatehouse.watch.drift;

import dev.gatehouse.watch.exposure.Listener;

/** Whether a listener's owner is whom an entry names; what is not known may match. */
enum OwnerMatch {
  YES,
  MAYBE,
  NO;

  static OwnerMatch of(ExpectedListener entry, Listener listener) {
    if (entry.uid() >= 0 && entry.uid() != listener.socketUid()) {
      return NO;
    }
    OwnerMatch process = named(entry.process(), listener.owner().process());
    OwnerMatch unit = named(entry.unit(), listener.owner().unit());
    return process.compareTo(unit) >= 0 ? process : unit;
  }

  private static OwnerMatch named(String pattern, String name) {
    if (pattern.isEmpty()) {
      return YES;
    }
    if (name.isEmpty()) {
      return MAYBE;
    }
    return Glob.matches(pattern, name) ? YES : NO;
  }
}
