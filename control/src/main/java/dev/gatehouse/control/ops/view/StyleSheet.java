package dev.gatehouse.control.ops.view;

/** How the console looks, by day and by night. */
final class StyleSheet {

  static final String CSS =
      """
      :root { color-scheme: light dark; --line: #8884; --quiet: #777; --warn: #b58900;
        --bad: #d33; --good: #2a8a4a; }
      body { font: 15px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 78rem;
        padding: 1.5rem; }
      header { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 1.5rem; }
      h1 { font-size: 1.6rem; margin: 0; }
      h2 { font-size: 1.05rem; margin: 2rem 0 .5rem; }
      .about, .own td, .ignored td { color: var(--quiet); }
      .warning { color: var(--warn); }
      .scroll { overflow-x: auto; }
      table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
      th { text-align: left; font-size: .75rem; letter-spacing: .05em; color: var(--quiet); }
      th, td { padding: .3rem .9rem .3rem 0; border-bottom: 1px solid var(--line);
        white-space: nowrap; }
      td:nth-child(2) { font-family: ui-monospace, monospace; }
      .public td:nth-child(3) { color: var(--warn); }
      .drift td { color: var(--bad); font-weight: 600; }
      .drifts { padding-left: 1.2rem; color: var(--bad); }
      .services { list-style: none; display: flex; flex-wrap: wrap; gap: .6rem; padding: 0; }
      .services li { border: 1px solid var(--line); border-left: 4px solid var(--quiet);
        border-radius: 4px; padding: .3rem .8rem; }
      .services li.serving { border-left-color: var(--good); }
      .services li.starting, .services li.draining { border-left-color: var(--warn); }
      .services li.failed { border-left-color: var(--bad); }
      .services em { display: block; color: var(--warn); font-size: .85rem; }
      """;

  private StyleSheet() {}
}
