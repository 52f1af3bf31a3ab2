package dev.gatehouse.control;

import dev.gatehouse.proxy.ruleset.Difference;
import dev.gatehouse.proxy.ruleset.Edit;
import dev.gatehouse.proxy.ruleset.EditRefusedException;
import dev.gatehouse.proxy.ruleset.Editing;
import dev.gatehouse.proxy.ruleset.Ruleset;
import dev.gatehouse.proxy.ruleset.RulesetEditor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An editor that keeps its ruleset in memory and judges edits as the real one does. */
public final class FakeEditor implements RulesetEditor {

  private final Map<RouteKey, Long> ids = new HashMap<>();
  private final List<Edit> edits = new ArrayList<>();
  private final Editing editing;
  private Ruleset ruleset;
  private @Nullable EditRefusedException refusal;
  private boolean idsAreLost;

  /** Countries are known, and no socket is guarded. */
  public FakeEditor(Ruleset ruleset) {
    this(ruleset, true);
  }

  /** As the other. */
  public FakeEditor(Ruleset ruleset, boolean countriesKnown) {
    this.editing = new Editing(List.of(), countriesKnown);
    this.ruleset = ruleset;
    number();
  }

  /** Refuses every edit from now on. */
  public synchronized void refuse(EditRefusedException every) {
    refusal = every;
  }

  /** Cannot tell the numbers of routes any more. */
  public synchronized void loseIds() {
    idsAreLost = true;
  }

  /** What it was asked to make, whatever came of it. */
  public synchronized List<Edit> edits() {
    return List.copyOf(edits);
  }

  @Override
  public synchronized Ruleset ruleset() {
    return ruleset;
  }

  @Override
  public synchronized Edited edit(Edit edit) throws EditRefusedException {
    edits.add(edit);
    Edited edited = rehearse(edit);
    ruleset = edited.after();
    number();
    return edited;
  }

  @Override
  public synchronized Edited rehearse(Edit edit) throws EditRefusedException {
    if (refusal != null) {
      throw refusal;
    }
    Ruleset after = editing.edit(ruleset, edit);
    return new Edited(ruleset, after, Difference.between(ruleset, after));
  }

  @Override
  public synchronized Map<RouteKey, Long> routeIds() throws EditRefusedException {
    if (idsAreLost) {
      throw new EditRefusedException(EditRefusedException.Reason.BUSY, "", "the database is busy");
    }
    return Map.copyOf(ids);
  }

  private void number() {
    for (var listener : ruleset.listeners()) {
      for (var route : listener.routes()) {
        ids.computeIfAbsent(
            new RouteKey(listener.address(), route.hostname()), key -> ids.size() + 1L);
      }
    }
  }
}
