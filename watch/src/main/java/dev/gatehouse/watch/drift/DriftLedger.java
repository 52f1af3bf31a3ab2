package dev.gatehouse.watch.drift;

import dev.gatehouse.net.sockets.Protocol;
import dev.gatehouse.watch.drift.DriftJudge.Judgement;
import dev.gatehouse.watch.exposure.Drift;
import dev.gatehouse.watch.exposure.DriftKind;
import dev.gatehouse.watch.exposure.ExposureEvent;
import dev.gatehouse.watch.exposure.Listener;
import dev.gatehouse.watch.exposure.Verdict;
import dev.gatehouse.watch.listening.Place;
import dev.gatehouse.watch.listening.TableRow;
import dev.gatehouse.watch.listening.Unread;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The differences that last, from the scan that saw them begin to the one that saw them end.
 *
 * <p>A part of the table that was not read ends nothing: its differences stay as they were, and
 * nothing of its protocol goes missing.
 */
public final class DriftLedger {

  /** A difference is the same as long as its kind and place, or its entry, are. */
  private record Key(DriftKind kind, @Nullable Place place, @Nullable ExpectedListener entry) {}

  private record Kept(FoundDrift found, @Nullable TableRow row) {}

  private Map<Key, Kept> kept = Map.of();

  /** Judges the rows of a scan and tells what began and what ended. */
  public DriftReport update(
      List<TableRow> rows,
      DriftPolicy policy,
      Set<IntendedListener> intended,
      Unread unread,
      Instant at) {
    Scan scan = new Scan(new DriftJudge(policy, intended), unread, at);
    rows.forEach(scan::judge);
    policy.expected().stream().filter(ExpectedListener::required).forEach(scan::require);
    kept.forEach(scan::resolve);
    kept = scan.next;
    return new DriftReport(scan.judged, scan.drifts, scan.events, !policy.expected().isEmpty());
  }

  private final class Scan {

    private final DriftJudge judge;
    private final Unread unread;
    private final Instant at;
    private final Map<Key, Kept> next = new LinkedHashMap<>();
    private final List<TableRow> judged = new ArrayList<>();
    private final List<FoundDrift> drifts = new ArrayList<>();
    private final List<ExposureEvent> events = new ArrayList<>();

    Scan(DriftJudge judge, Unread unread, Instant at) {
      this.judge = judge;
      this.unread = unread;
      this.at = at;
    }

    void judge(TableRow row) {
      Judgement judgement = judge.judge(row.listener());
      Listener listener =
          row.listener().judged(judgement.verdict(), judgement.note(), judgement.service());
      TableRow judgedRow = row.with(listener);
      judged.add(judgedRow);
      kind(judgement.verdict())
          .ifPresent(kind -> found(kind, judgedRow, Optional.ofNullable(judgement.entry())));
    }

    private void found(DriftKind kind, TableRow row, Optional<ExpectedListener> entry) {
      Key key = new Key(kind, Place.of(row.listener().binding()), null);
      note(key, Optional.of(row.listener()), entry, row);
    }

    void require(ExpectedListener entry) {
      if (judged.stream().map(TableRow::listener).anyMatch(found -> satisfies(entry, found))) {
        return;
      }
      Key key = new Key(DriftKind.MISSING, null, entry);
      boolean unknowable =
          entry.protocol().map(unread::touches).orElseGet(() -> touchesAny(unread));
      if (!unknowable || kept.containsKey(key)) {
        note(key, Optional.empty(), Optional.of(entry), null);
      }
    }

    private boolean satisfies(ExpectedListener entry, Listener listener) {
      return judge.satisfies(entry, listener, listener.verdict());
    }

    private void note(
        Key key,
        Optional<Listener> listener,
        Optional<ExpectedListener> entry,
        @Nullable TableRow row) {
      Kept before = kept.get(key);
      Instant since = before == null ? at : before.found().drift().since();
      Drift drift =
          new Drift(
              key.kind(),
              listener,
              entry.map(ExpectedListener::text).orElse(""),
              since,
              Remedy.of(key.kind(), entry));
      FoundDrift found = new FoundDrift(drift, entry);
      drifts.add(found);
      if (next.putIfAbsent(key, new Kept(found, row)) == null && before == null) {
        events.add(new ExposureEvent.DriftBegan(at, drift));
      }
    }

    void resolve(Key key, Kept before) {
      if (next.containsKey(key)) {
        return;
      }
      if (before.row() != null && unread.covers(before.row())) {
        next.put(key, before);
        drifts.add(before.found());
      } else {
        events.add(new ExposureEvent.DriftResolved(at, before.found().drift()));
      }
    }
  }

  private static boolean touchesAny(Unread unread) {
    return unread.touches(Protocol.TCP) || unread.touches(Protocol.UDP);
  }

  private static Optional<DriftKind> kind(Verdict verdict) {
    return switch (verdict) {
      case SELF -> Optional.of(DriftKind.SELF);
      case UNEXPECTED -> Optional.of(DriftKind.UNEXPECTED);
      case WIDER -> Optional.of(DriftKind.WIDER);
      case OWNER -> Optional.of(DriftKind.OWNER);
      case OWN, IGNORED, UNJUDGED, EXPECTED, UNVERIFIED -> Optional.empty();
    };
  }
}
